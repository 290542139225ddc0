import { Column, DataSource, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { BundlePart, ProductEvents, ProductKind } from '#libs/contracts';
import type { Resolve } from '#libs/eventsourcing';
import { viewOf } from '#libs/eventsourcing/vocabulary';
import type { Listed, Listing } from './product';

/** One product as the storefront lists it: one price in both channels. */
@Entity({ schema: 'hema', name: 'price_list' })
export class PriceRow {
  @PrimaryColumn('text')
  sku!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: ProductKind;

  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: number;

  @Column('text')
  currency!: string;

  @Column('int', { name: 'base_quantity' })
  baseQuantity!: number;

  /** What one unit is made of; null where it is no bundle. */
  @Column('jsonb', { nullable: true })
  components!: BundlePart[] | null;
}

const asRow = ({ sku, name, kind, price, components = [] }: ProductEvents['ProductListed']) => ({
  key: { sku },
  change: (): PriceRow => {
    const { amountMinor, currency, baseQuantity = 1 } = price;
    const bundle = components.length > 0 ? components : null;
    return { sku, name, kind, amountMinor, currency, baseQuantity, components: bundle };
  },
});

export const priceListView = viewOf<ProductEvents>()({
  name: 'price-list',
  row: PriceRow,
  sources: ['storefront'],
  on: {
    ProductListed: ({ data }) => [asRow(data)],
    ProductChanged: ({ data }) => [asRow(data)],
  },
});

/** A product by its SKU; null when it is not listed. */
export class FindPrice {
  constructor(readonly sku: string) {}
}

export const findPrice = async ({ sku }: FindPrice, db: EntityManager): Promise<Listed | null> => {
  const found = await db.findOneBy(PriceRow, { sku });
  return found && listed(found);
};

/** Plain SQL, because every document asks for all its SKUs and entities would cost more than the query. */
const PRICES = `
  SELECT sku, name, kind, amount_minor AS "amountMinor", currency, base_quantity AS "baseQuantity", components
  FROM hema.price_list WHERE sku = ANY ($1::text[])`;

/** What the lines of a document are priced by: the products that are listed among its SKUs. */
export async function listingFor({ lines }: { lines: readonly { sku: string }[] }, get: Resolve): Promise<Listing> {
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  const rows = await get(DataSource).query<PriceRow[]>(PRICES, [skus]);
  return new Map(rows.map((row) => [row.sku, listed(row)]));
}

function listed({ sku, name, kind, amountMinor, currency, baseQuantity, components }: PriceRow): Listed {
  const price = { amountMinor, currency, ...(baseQuantity !== 1 && { baseQuantity }) };
  return { sku, name, kind, price, ...(components && { components }) };
}
