import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { BundlePart, ProductEvents, ProductKind } from '#libs/contracts';
import { viewOf } from '#libs/eventsourcing/vocabulary';

/** One product of the catalog. */
@Entity({ schema: 'storefront', name: 'product' })
export class ProductRow {
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

  /** How many units the amount is for. */
  @Column('int', { name: 'base_quantity' })
  baseQuantity!: number;

  /** What one unit is made of; null where it is no bundle. */
  @Column('jsonb', { nullable: true })
  components!: BundlePart[] | null;
}

const row = ({ sku, name, kind, price, components = [] }: ProductEvents['ProductListed']) => ({
  key: { sku },
  change: (): ProductRow => {
    const { amountMinor, currency, baseQuantity = 1 } = price;
    const bundle = components.length > 0 ? components : null;
    return { sku, name, kind, amountMinor, currency, baseQuantity, components: bundle };
  },
});

export const productView = viewOf<ProductEvents>()({
  name: 'products',
  row: ProductRow,
  sources: ['storefront'],
  on: {
    ProductListed: ({ data }) => [row(data)],
    ProductChanged: ({ data }) => [row(data)],
  },
});

/** The products after `after` in order of their SKUs, at most `limit`. */
export class ListProducts {
  constructor(
    readonly after: string,
    readonly limit: number,
  ) {}
}

export const listProducts = async ({ after, limit }: ListProducts, db: EntityManager): Promise<ProductRow[]> =>
  db
    .createQueryBuilder(ProductRow, 'product')
    .where('product.sku > :after', { after })
    .orderBy('product.sku')
    .limit(limit)
    .getMany();
