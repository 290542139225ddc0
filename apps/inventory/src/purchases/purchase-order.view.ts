import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { PurchaseOrderEvents, StockLine } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import type { PurchaseStatus } from './purchase-order';

/** A purchase order as the list shows it; units of all its SKUs together. */
@Entity({ schema: 'inventory', name: 'purchase_order' })
export class PurchaseOrderRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  status!: PurchaseStatus;

  @Column('text')
  supplier!: string;

  @Column('text')
  location!: string;

  @Column('bigint')
  ordered!: number;

  @Column('bigint')
  received!: number;

  /** Units that are still expected. */
  @Column('bigint')
  outstanding!: number;

  /** Units that came beyond what was ordered. */
  @Column('bigint')
  over!: number;

  @Column('timestamptz', { name: 'placed_at' })
  placedAt!: string;

  @Column('timestamptz', { name: 'expected_at' })
  expectedAt!: string;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const unitsOf = (lines: readonly StockLine[]): number => sum(lines.map(({ quantity }) => quantity));

/** What it becomes when so much is still expected. */
const standing = (outstanding: number): Pick<PurchaseOrderRow, 'status' | 'outstanding'> => ({
  status: outstanding > 0 ? 'open' : 'received',
  outstanding,
});

function changed(
  { purchaseOrderId: id }: { purchaseOrderId: string },
  change: (row: PurchaseOrderRow) => Partial<PurchaseOrderRow>,
): RowChange<PurchaseOrderRow>[] {
  const after = (row: PurchaseOrderRow | undefined): PurchaseOrderRow => {
    // A stream is read from its beginning, in order: what changed was placed before.
    if (!row) throw new Error(`Purchase order ${id} has changed, but was never placed.`);
    return { ...row, ...change(row) };
  };
  return [{ key: { id }, change: after }];
}

export const purchaseOrderView = viewOf<PurchaseOrderEvents>()({
  name: 'purchase-orders',
  row: PurchaseOrderRow,
  sources: ['inventory'],
  on: {
    PurchaseOrderPlaced: ({ data: { purchaseOrderId: id, supplier, location, lines, expectedAt }, happenedAt: placedAt }) => {
      const ordered = unitsOf(lines);
      const row = { id, supplier, location, ordered, received: 0, over: 0, placedAt, expectedAt, ...standing(ordered) };
      return [{ key: { id }, change: () => row }];
    },
    PurchaseOrderChanged: ({ data }) => {
      const outstanding = sum(data.lines.map((line) => line.outstanding));
      return changed(data, () => ({
        ...{ ordered: unitsOf(data.lines), expectedAt: data.expectedAt },
        ...standing(outstanding),
      }));
    },
    PurchaseOrderReceived: ({ data }) =>
      changed(data, (row) => ({
        received: row.received + sum(data.lines.map(({ counted }) => counted)),
        over: row.over + sum(data.lines.map(({ variance }) => Math.max(0, variance))),
        ...standing(row.outstanding - sum(data.lines.map(({ expected, counted }) => Math.min(expected, counted)))),
      })),
    PurchaseOrderClosed: ({ data }) =>
      changed(data, ({ received }) => ({ outstanding: 0, status: received > 0 ? 'closed' : 'cancelled' })),
  },
});

/** What to list: orders of one status; of all suppliers and places, or of one. What is expected first comes first. */
export class ListPurchaseOrders {
  constructor(
    readonly wanted: { status: PurchaseStatus; supplier?: string; location?: string },
    readonly after: { at: string; id: string } | undefined,
    readonly limit: number,
  ) {}
}

export const listPurchaseOrders = async (
  { wanted, after, limit }: ListPurchaseOrders,
  db: EntityManager,
): Promise<PurchaseOrderRow[]> => {
  const query = db.createQueryBuilder(PurchaseOrderRow, 'row').where(wanted);
  if (after) query.andWhere('(row.expected_at, row.id) > (:at, :id)', after);
  const rows = await query.orderBy('row.expected_at').addOrderBy('row.id').limit(limit).getMany();
  const iso = (time: string): string => new Date(time).toISOString();
  return rows.map((row) => ({ ...row, placedAt: iso(row.placedAt), expectedAt: iso(row.expectedAt) }));
};
