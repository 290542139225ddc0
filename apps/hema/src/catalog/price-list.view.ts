import { Column, Entity, In, PrimaryColumn, type EntityManager } from 'typeorm';
import type { ProductEvents, ProductKind } from '#libs/contracts';
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
}

const row = ({ sku, name, kind, price }: ProductEvents['ProductListed']) => ({
  key: { sku },
  change: (): PriceRow => {
    const { amountMinor, currency, baseQuantity = 1 } = price;
    return { sku, name, kind, amountMinor, currency, baseQuantity };
  },
});

export const priceListView = viewOf<ProductEvents>()({
  name: 'price-list',
  row: PriceRow,
  sources: ['storefront'],
  on: {
    ProductListed: ({ data }) => [row(data)],
    ProductChanged: ({ data }) => [row(data)],
  },
});

/** The products of these SKUs, as far as they are listed. */
export class FindListing {
  constructor(readonly skus: readonly string[]) {}
}

export const findListing = async ({ skus }: FindListing, db: EntityManager): Promise<Listing> => {
  const rows = await db.find(PriceRow, { where: { sku: In([...new Set(skus)]) } });
  return new Map(rows.map((found) => [found.sku, listed(found)]));
};

function listed({ sku, name, kind, amountMinor, currency, baseQuantity }: PriceRow): Listed {
  return { sku, name, kind, price: { amountMinor, currency, ...(baseQuantity !== 1 && { baseQuantity }) } };
}
