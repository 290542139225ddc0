import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { StockDiscrepancyEvents } from '#libs/contracts';
import { viewOf } from '#libs/eventsourcing/vocabulary';

/** Where the books last had less than nothing of a SKU at a place, and whether somebody has counted since. */
@Entity({ schema: 'inventory', name: 'discrepancy' })
export class DiscrepancyRow {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  location!: string;

  /** What the books had when it was found: below zero. */
  @Column('bigint', { name: 'on_hand' })
  onHand!: number;

  /** The sale that brought it to light. */
  @Column('text', { name: 'sale_id' })
  saleId!: string;

  @Column('timestamptz', { name: 'found_at' })
  foundAt!: string;

  /** The count that resolved it; null while it is open. */
  @Column('text', { name: 'resolved_by', nullable: true })
  resolvedBy!: string | null;
}

const NEVER: Omit<DiscrepancyRow, 'sku' | 'location'> = { onHand: 0, saleId: '', foundAt: '', resolvedBy: null };

export const discrepancyView = viewOf<StockDiscrepancyEvents>()({
  name: 'discrepancies',
  row: DiscrepancyRow,
  sources: ['inventory'],
  on: {
    StockDiscrepancyFound: ({ data: { sku, location, onHand, saleId }, happenedAt: foundAt }) => [
      { key: { sku, location }, change: () => ({ sku, location, onHand, saleId, foundAt, resolvedBy: null }) },
    ],
    StockDiscrepancyResolved: ({ data: { sku, location, countId } }) => [
      { key: { sku, location }, change: (row) => ({ ...NEVER, ...row, sku, location, resolvedBy: countId }) },
    ],
  },
});

/** The open ones of all places or of one, by location and SKU, after a key. */
export class ListDiscrepancies {
  constructor(
    readonly location: string | undefined,
    readonly after: readonly [location: string, sku: string],
    readonly limit: number,
  ) {}
}

export const listDiscrepancies = async (
  { location, after: [place, sku], limit }: ListDiscrepancies,
  db: EntityManager,
): Promise<DiscrepancyRow[]> => {
  const query = db.createQueryBuilder(DiscrepancyRow, 'row').where('row.resolved_by IS NULL');
  query.andWhere('(row.location, row.sku) > (:place, :sku)', { place, sku });
  if (location !== undefined) query.andWhere('row.location = :location', { location });
  return query.orderBy('row.location').addOrderBy('row.sku').limit(limit).getMany();
};
