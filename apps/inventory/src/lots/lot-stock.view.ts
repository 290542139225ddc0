import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { LotLine, LotUnits, StockEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** What is left of a lot at one place. */
@Entity({ schema: 'inventory', name: 'lot_stock' })
export class LotStockRow {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  lot!: string;

  @PrimaryColumn('text')
  location!: string;

  /** The last day on which it may be sold; null: it does not expire. */
  @Column('text', { name: 'expires_on', nullable: true })
  expiresOn!: string | null;

  /** On hand. */
  @Column('bigint')
  units!: number;

  /** On hand, and kept from sale. */
  @Column('bigint')
  kept!: number;
}

type Moved = LotLine & { location: string };

/** The row of each lot that a movement names, changed so many times as `by` says. */
function change({ sku, location, lots = [] }: Moved, by: { units?: number; kept?: number }): RowChange<LotStockRow>[] {
  return lots.map(({ lot, quantity, expiresOn = null }: Omit<LotUnits, 'expiresOn'> & { expiresOn?: string | null }) => ({
    key: { sku, lot, location },
    change: (row: LotStockRow = { sku, lot, location, expiresOn, units: 0, kept: 0 }) => ({
      ...row,
      units: row.units + quantity * (by.units ?? 0),
      kept: row.kept + quantity * (by.kept ?? 0),
    }),
  }));
}

export const lotStockView = viewOf<StockEvents>()({
  name: 'lot-stock',
  row: LotStockRow,
  sources: ['inventory'],
  on: {
    StockReceived: ({ data }) => change(data, { units: 1 }),
    StockShipped: ({ data }) => change(data, { units: -1 }),
    StockSold: ({ data }) => change(data, { units: -1 }),
    StockReturned: ({ data }) => change(data, { units: 1 }),
    StockAdjusted: ({ data }) => change(data, { units: data.quantity < 0 ? -1 : 1 }),
    StockTransferSent: ({ data }) => change(data, { units: -1 }),
    StockTransferReceived: ({ data }) => change(data, { units: 1 }),
    StockQuarantined: ({ data }) => change(data, { kept: 1 }),
    StockQuarantineReleased: ({ data }) => change(data, { kept: -1 }),
    StockScrapped: ({ data }) => change(data, { units: -1, kept: -1 }),
  },
});

/** Lots that are for sale and expire by a day, the first to expire in front; of all places or of one, after a key. */
export class ListExpiringLots {
  constructor(
    readonly wanted: { by: string; location?: string },
    readonly after: readonly string[],
    readonly limit: number,
  ) {}
}

export const listExpiringLots = async (
  { wanted: { by, location }, after, limit }: ListExpiringLots,
  db: EntityManager,
): Promise<LotStockRow[]> => {
  const query = db.createQueryBuilder(LotStockRow, 'row').where('row.expires_on <= :by AND row.units > row.kept', { by });
  if (location !== undefined) query.andWhere('row.location = :location', { location });
  const [day = '', at = '', sku = '', lot = ''] = after;
  query.andWhere('(row.expires_on, row.location, row.sku, row.lot) > (:day, :at, :sku, :lot)', { day, at, sku, lot });
  return query
    .orderBy('row.expires_on')
    .addOrderBy('row.location')
    .addOrderBy('row.sku')
    .addOrderBy('row.lot')
    .limit(limit)
    .getMany();
};

/** Where a lot is. */
export class FindLot {
  constructor(
    readonly sku: string,
    readonly lot: string,
  ) {}
}

export const findLot = async ({ sku, lot }: FindLot, db: EntityManager): Promise<LotStockRow[]> =>
  db.find(LotStockRow, { where: { sku, lot }, order: { location: 'ASC' } });
