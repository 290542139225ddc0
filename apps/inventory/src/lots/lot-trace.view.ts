import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { LotLine, StockEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** Who got units of a lot: an order (also one of a corner shop), or a sale at a till. */
export type LotBuyer = 'order' | 'sale';

/** Units of a lot that one document took from one place. */
@Entity({ schema: 'inventory', name: 'lot_trace' })
export class LotTraceRow {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  lot!: string;

  @PrimaryColumn('text')
  kind!: LotBuyer;

  @PrimaryColumn('text')
  id!: string;

  @PrimaryColumn('text')
  location!: string;

  @Column('bigint')
  quantity!: number;

  @Column('timestamptz', { name: 'left_at' })
  leftAt!: string;
}

type Left = LotLine & { location: string };

function left({ sku, location, lots = [] }: Left, by: Pick<LotTraceRow, 'kind' | 'id' | 'leftAt'>): RowChange<LotTraceRow>[] {
  return lots.map(({ lot, quantity }) => ({
    key: { sku, lot, kind: by.kind, id: by.id, location },
    change: (row) => ({ sku, lot, location, ...by, quantity: (row?.quantity ?? 0) + quantity }),
  }));
}

export const lotTraceView = viewOf<StockEvents>()({
  name: 'lot-trace',
  row: LotTraceRow,
  sources: ['inventory'],
  on: {
    StockShipped: ({ data, happenedAt: leftAt }) => left(data, { kind: 'order', id: data.reservationId, leftAt }),
    StockSold: ({ data, happenedAt: leftAt }) => left(data, { kind: 'sale', id: data.saleId, leftAt }),
  },
});

/** Who got units of a lot, in order of document, after a key. */
export class TraceLot {
  constructor(
    readonly wanted: { sku: string; lot: string },
    readonly after: readonly string[],
    readonly limit: number,
  ) {}
}

export const traceLot = async ({ wanted, after, limit }: TraceLot, db: EntityManager): Promise<LotTraceRow[]> => {
  const [kind = '', id = '', location = ''] = after;
  const rows = await db
    .createQueryBuilder(LotTraceRow, 'row')
    .where('row.sku = :sku AND row.lot = :lot', wanted)
    .andWhere('(row.kind, row.id, row.location) > (:kind, :id, :location)', { kind, id, location })
    .orderBy('row.kind')
    .addOrderBy('row.id')
    .addOrderBy('row.location')
    .limit(limit)
    .getMany();
  return rows.map((row) => ({ ...row, leftAt: new Date(row.leftAt).toISOString() }));
};
