import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { StockLine, TransferEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import type { TransferStatus } from './transfer';

/** A transfer as the list shows it; units of all its SKUs together. */
@Entity({ schema: 'inventory', name: 'transfer' })
export class TransferRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  status!: TransferStatus;

  @Column('text', { name: 'from_location' })
  from!: string;

  @Column('text', { name: 'to_location' })
  to!: string;

  @Column('bigint')
  units!: number;

  @Column('bigint')
  received!: number;

  @Column('bigint')
  lost!: number;

  @Column('bigint', { name: 'in_transit' })
  inTransit!: number;

  /** When it was planned or, without a plan, when the goods left. */
  @Column('timestamptz', { name: 'begun_at' })
  begunAt!: string;

  @Column('timestamptz', { name: 'expected_at', nullable: true })
  expectedAt!: string | null;
}

const NONE = { units: 0, received: 0, lost: 0, inTransit: 0 };

const unitsOf = (lines: readonly StockLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

interface Told {
  data: { transferId: string; from: string; to: string };
  happenedAt: string;
}

/** The row as it was, or as it begins with this event, and what changes. */
function changed(
  { data: { transferId: id, from, to }, happenedAt: begunAt }: Told,
  change: (row: TransferRow) => Partial<TransferRow>,
): RowChange<TransferRow>[] {
  const begun: TransferRow = { id, from, to, status: 'planned', begunAt, expectedAt: null, ...NONE };
  return [{ key: { id }, change: (row = begun) => ({ ...row, ...change(row) }) }];
}

export const transferView = viewOf<TransferEvents>()({
  name: 'transfers',
  row: TransferRow,
  sources: ['inventory'],
  on: {
    TransferPlanned: (event) =>
      changed(event, () => ({ units: unitsOf(event.data.lines), expectedAt: event.data.expectedAt ?? null })),
    TransferDispatched: (event) => {
      const units = unitsOf(event.data.lines);
      return changed(event, () => ({
        ...{ status: 'in-transit', units, inTransit: units },
        expectedAt: event.data.expectedAt ?? null,
      }));
    },
    TransferReceived: (event) => {
      const lost = event.data.lines.reduce((sum, line) => sum + line.lost, 0);
      const came = unitsOf(event.data.lines);
      return changed(event, (row) => {
        const inTransit = row.inTransit - came - lost;
        const status = inTransit > 0 ? 'in-transit' : 'received';
        return { status, inTransit, received: row.received + came, lost: row.lost + lost };
      });
    },
    TransferCancelled: (event) => changed(event, () => ({ status: 'cancelled' })),
  },
});

/** What to list: transfers of one status, or the open ones; of all places, or to one of them. Oldest first. */
export class ListTransfers {
  constructor(
    readonly wanted: { status?: TransferStatus; to?: string; from?: string },
    readonly after: { at: string; id: string } | undefined,
    readonly limit: number,
  ) {}
}

const OPEN: readonly TransferStatus[] = ['planned', 'in-transit'];

export const listTransfers = async ({ wanted, after, limit }: ListTransfers, db: EntityManager): Promise<TransferRow[]> => {
  const query = db.createQueryBuilder(TransferRow, 'row');
  query.where('row.status IN (:...statuses)', { statuses: wanted.status ? [wanted.status] : OPEN });
  if (wanted.from !== undefined) query.andWhere('row.from_location = :from', { from: wanted.from });
  if (wanted.to !== undefined) query.andWhere('row.to_location = :to', { to: wanted.to });
  if (after) query.andWhere('(row.begun_at, row.id) > (:at, :id)', after);
  const rows = await query.orderBy('row.begun_at').addOrderBy('row.id').limit(limit).getMany();
  const iso = (time: string): string => new Date(time).toISOString();
  return rows.map((row) => ({ ...row, begunAt: iso(row.begunAt), expectedAt: row.expectedAt && iso(row.expectedAt) }));
};
