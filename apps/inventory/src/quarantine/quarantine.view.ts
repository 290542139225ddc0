import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { QuarantineEvents, StockLine } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** A quarantine as the list shows it; units of all its SKUs together. */
@Entity({ schema: 'inventory', name: 'quarantine' })
export class QuarantineRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  location!: string;

  @Column('text')
  reason!: string;

  @Column('bigint')
  units!: number;

  /** Still kept from sale; 0: it is closed. */
  @Column('bigint')
  kept!: number;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: string;
}

const unitsOf = (lines: readonly StockLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

function left({ quarantineId: id, location, lines }: QuarantineEvents['QuarantineReleased']): RowChange<QuarantineRow>[] {
  const unknown: QuarantineRow = { id, location, reason: '', units: 0, kept: 0, openedAt: new Date(0).toISOString() };
  return [{ key: { id }, change: (row = unknown) => ({ ...row, kept: row.kept - unitsOf(lines) }) }];
}

export const quarantineView = viewOf<QuarantineEvents>()({
  name: 'quarantines',
  row: QuarantineRow,
  sources: ['inventory'],
  on: {
    QuarantineOpened: ({ data: { quarantineId: id, location, reason, lines }, happenedAt: openedAt }) => {
      const units = unitsOf(lines);
      return [{ key: { id }, change: () => ({ id, location, reason, units, kept: units, openedAt }) }];
    },
    QuarantineReleased: ({ data }) => left(data),
    QuarantineScrapped: ({ data }) => left(data),
  },
});

/** The open ones of all places or of one, oldest first, after a key. */
export class ListQuarantines {
  constructor(
    readonly location: string | undefined,
    readonly after: { at: string; id: string } | undefined,
    readonly limit: number,
  ) {}
}

export const listQuarantines = async (
  { location, after, limit }: ListQuarantines,
  db: EntityManager,
): Promise<QuarantineRow[]> => {
  const query = db.createQueryBuilder(QuarantineRow, 'row').where('row.kept > 0');
  if (location !== undefined) query.andWhere('row.location = :location', { location });
  if (after) query.andWhere('(row.opened_at, row.id) > (:at, :id)', after);
  const rows = await query.orderBy('row.opened_at').addOrderBy('row.id').limit(limit).getMany();
  return rows.map((row) => ({ ...row, openedAt: new Date(row.openedAt).toISOString() }));
};
