import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { ShiftEvents, Tender, TradeLine } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** One sale or return of a till. */
@Entity({ schema: 'hema', name: 'document' })
export class DocumentRow {
  /** The sale or return id. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  kind!: 'sale' | 'return';

  @Column('text', { name: 'shift_id' })
  shiftId!: string;

  @Column('text')
  store!: string;

  @Column('text')
  till!: string;

  @Column('int')
  number!: number;

  @Column('text')
  tender!: Tender;

  @Column('jsonb')
  lines!: TradeLine[];

  @Column('bigint')
  units!: number;

  /** Below zero for a return. */
  @Column('bigint', { name: 'total_minor' })
  totalMinor!: number;

  @Column('text')
  currency!: string;

  @Column('text', { name: 'original_sale_id', nullable: true })
  originalSaleId!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz', { name: 'happened_at' })
  happenedAt!: string;
}

type Document = ShiftEvents['SaleRecorded'] | ShiftEvents['SaleReturnRecorded'];

/** The document as it is read: the row of the view and the answer to the till that sent it. */
export function documentOf(document: Document): Omit<DocumentRow, 'happenedAt'> {
  const { shiftId, store, till, number, tender, lines } = document;
  const { units, amountMinor: totalMinor, currency } = document.totals;
  const facts = { shiftId, store, till, number, tender, lines, units, totalMinor, currency };
  if ('saleId' in document) return { id: document.saleId, kind: 'sale', ...facts, originalSaleId: null, reason: null };
  const { returnId: id, originalSaleId = null, reason } = document;
  return { id, kind: 'return', ...facts, originalSaleId, reason };
}

function row({ data, happenedAt }: { data: Document; happenedAt: string }): RowChange<DocumentRow>[] {
  const document = documentOf(data);
  return [{ key: { id: document.id }, change: () => ({ ...document, happenedAt }) }];
}

export const documentView = viewOf<ShiftEvents>()({
  name: 'documents',
  row: DocumentRow,
  sources: ['hema'],
  on: { SaleRecorded: row, SaleReturnRecorded: row },
});

/** A sale or a return by its id. */
export class FindDocument {
  constructor(
    readonly kind: 'sale' | 'return',
    readonly id: string,
  ) {}
}

export const findDocument = async ({ kind, id }: FindDocument, db: EntityManager): Promise<DocumentRow | null> => {
  const found = await db.findOneBy(DocumentRow, { kind, id });
  return found && Object.assign(found, { happenedAt: new Date(found.happenedAt).toISOString() });
};
