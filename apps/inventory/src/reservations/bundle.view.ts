import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import type { BundlePart, ProductEvents, StockLine } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import { Lookup } from '../sourcing/lookup.view';

/** A SKU that is sold as one and is made of others, as the storefront lists it. */
@Entity({ schema: 'inventory', name: 'bundle' })
export class BundleRow {
  @PrimaryColumn('text')
  sku!: string;

  /** None: it is no bundle any more. */
  @Column('jsonb')
  components!: BundlePart[];
}

const bundled = ({ sku, components }: ProductEvents['ProductListed']): RowChange<BundleRow>[] =>
  components ? [{ key: { sku }, change: () => ({ sku, components }) }] : [];

export const bundleView = viewOf<ProductEvents>()({
  name: 'bundles',
  row: BundleRow,
  sources: ['storefront'],
  on: {
    ProductListed: ({ data }) => bundled(data),
    ProductChanged: ({ data }) => bundled(data),
  },
});

const BUNDLES = 'SELECT sku, components FROM inventory.bundle WHERE sku = ANY ($1::text[])';
const NO_BUNDLE: readonly BundlePart[] = [];
const FRESH_MS = 500;
const CAPACITY = 100_000;

/** What bundles are made of. Orders do not ask: their lines say it. */
export class BundleBook {
  private readonly bundles: Lookup<readonly BundlePart[]>;

  constructor(db: DataSource) {
    const load = async (skus: string[]): Promise<Map<string, BundlePart[]>> => {
      const rows = await db.query<BundleRow[]>(BUNDLES, [skus]);
      return new Map(rows.map(({ sku, components }) => [sku, components]));
    };
    this.bundles = new Lookup({ none: NO_BUNDLE, freshMs: () => FRESH_MS, capacity: CAPACITY, load });
  }

  /** The same lines, each with what its SKU is made of where that is a bundle. */
  async takeApart(lines: readonly StockLine[]): Promise<(StockLine & { components?: BundlePart[] })[]> {
    const found = await this.bundles.find(lines.map(({ sku }) => sku));
    return lines.map((line, n) => ({ ...line, ...(found[n]?.length && { components: [...found[n]] }) }));
  }
}

/** How a service provides it. */
export const bundleBook = {
  provide: BundleBook,
  inject: [DataSource],
  useFactory: (db: DataSource): BundleBook => new BundleBook(db),
};
