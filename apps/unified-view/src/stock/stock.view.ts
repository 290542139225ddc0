import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { StockEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** One SKU at one place. */
@Entity({ schema: 'unified_view', name: 'stock' })
export class StockRow {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  location!: string;

  @Column('bigint', { name: 'on_hand' })
  onHand!: number;

  @Column('bigint')
  reserved!: number;

  /** Sent here by other places of ours, and not there yet. */
  @Column('bigint', { name: 'in_transit' })
  inTransit!: number;

  /** On hand, and kept from sale. */
  @Column('bigint')
  quarantined!: number;

  /** What trade and corrections did to what there is: everything but goods that were received. */
  @Column('bigint', { name: 'net_change' })
  netChange!: number;
}

interface Moved {
  sku: string;
  location: string;
}

const NOTHING = { onHand: 0, reserved: 0, inTransit: 0, quarantined: 0, netChange: 0 };

function move({ sku, location }: Moved, by: Partial<Omit<StockRow, keyof Moved>>): RowChange<StockRow>[] {
  const change = (row: StockRow = { sku, location, ...NOTHING }): StockRow => ({
    ...{ sku, location },
    onHand: row.onHand + (by.onHand ?? 0),
    reserved: row.reserved + (by.reserved ?? 0),
    inTransit: row.inTransit + (by.inTransit ?? 0),
    quarantined: row.quarantined + (by.quarantined ?? 0),
    netChange: row.netChange + (by.netChange ?? 0),
  });
  return [{ key: { sku, location }, change }];
}

/** Trade moves what is on hand and counts as a change. */
const trade = (quantity: number): { onHand: number; netChange: number } => ({ onHand: quantity, netChange: quantity });

export const stockView = viewOf<StockEvents>()({
  name: 'stock',
  row: StockRow,
  sources: ['inventory'],
  on: {
    StockReceived: ({ data }) => move(data, { onHand: data.quantity }),
    StockReserved: ({ data }) => move(data, { reserved: data.quantity }),
    StockReleased: ({ data }) => move(data, { reserved: -data.quantity }),
    StockShipped: ({ data }) => move(data, { ...trade(-data.quantity), reserved: -data.quantity }),
    StockSold: ({ data }) => move(data, trade(-data.quantity)),
    StockReturned: ({ data }) => move(data, trade(data.quantity)),
    StockAdjusted: ({ data }) => move(data, trade(data.quantity)),
    StockTransferSent: ({ data }) => move(data, { onHand: -data.quantity }),
    StockTransferAnnounced: ({ data }) => move(data, { inTransit: data.quantity }),
    StockTransferReceived: ({ data }) => move(data, { onHand: data.quantity, inTransit: -data.quantity }),
    // A write-off like any other, though it was on no shelf.
    StockTransferLost: ({ data }) => move(data, { inTransit: -data.quantity, netChange: -data.quantity }),
    StockQuarantined: ({ data }) => move(data, { quarantined: data.quantity }),
    StockQuarantineReleased: ({ data }) => move(data, { quarantined: -data.quantity }),
    StockScrapped: ({ data }) => move(data, { ...trade(-data.quantity), quarantined: -data.quantity }),
  },
});

/** Where a SKU is, place by place. */
export class FindStock {
  constructor(readonly sku: string) {}
}

export const findStock = async ({ sku }: FindStock, db: EntityManager): Promise<StockRow[]> =>
  db.find(StockRow, { where: { sku }, order: { location: 'ASC' } });

/** The rows after a place in the list, in order of SKU and location, at most `limit`. */
export class ListStock {
  constructor(
    readonly after: { sku: string; location: string },
    readonly limit: number,
  ) {}
}

export const listStock = async ({ after, limit }: ListStock, db: EntityManager): Promise<StockRow[]> =>
  db
    .createQueryBuilder(StockRow, 'stock')
    .where('(stock.sku, stock.location) > (:sku, :location)', after)
    .orderBy('stock.sku')
    .addOrderBy('stock.location')
    .limit(limit)
    .getMany();

/** What there is of everything, everywhere. */
export interface StockSum {
  /** How many SKUs have ever been anywhere. */
  skus: number;
  onHand: number;
  reserved: number;
  inTransit: number;
  quarantined: number;
  netChange: number;
}

export class SumUpStock {}

const SUM = `
  SELECT count(DISTINCT sku)::int AS skus, coalesce(sum(on_hand), 0)::bigint AS "onHand",
         coalesce(sum(reserved), 0)::bigint AS reserved, coalesce(sum(in_transit), 0)::bigint AS "inTransit",
         coalesce(sum(quarantined), 0)::bigint AS quarantined, coalesce(sum(net_change), 0)::bigint AS "netChange"
  FROM unified_view.stock`;

export const sumUpStock = async (_query: SumUpStock, db: EntityManager): Promise<StockSum> => {
  const [sum = { skus: 0, ...NOTHING }] = await db.query<StockSum[]>(SUM);
  return sum;
};
