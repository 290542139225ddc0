import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type {
  LedgerEvents,
  OrderEvents,
  ReturnEvents,
  ShiftEvents,
  StockDocumentEvents,
  SupplyOrderEvents,
} from '#libs/contracts';
import { eventId } from '#libs/eventsourcing';
import { viewOf, type RecordedEvent, type RowChange } from '#libs/eventsourcing/vocabulary';
import {
  acceptedReturn,
  acceptedSupplyOrder,
  cancelledOrder,
  CHANNEL_OF,
  confirmedOrder,
  counterReturn,
  counterSale,
  ledgerCorrection,
  stockCorrection,
  type Channel,
  type SaleEntry,
  type SaleKind,
} from './sale-entry';
import type { SalesSum } from './sales-summary';

/** One entry in the books of trade; entries are only ever added. */
@Entity({ schema: 'unified_view', name: 'sale_entry' })
export class SaleEntryRow {
  /** The id of the event. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  kind!: SaleKind;

  @Column('text', { nullable: true })
  channel!: Channel | null;

  @Column('text')
  document!: string;

  @Column('text', { nullable: true })
  customer!: string | null;

  @Column('int')
  documents!: 1 | -1;

  @Column('int')
  lines!: number;

  @Column('bigint')
  units!: number;

  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: number;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('timestamptz', { name: 'happened_at' })
  happenedAt!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: string;
}

function enter(event: RecordedEvent, entry: SaleEntry | undefined): RowChange<SaleEntryRow>[] {
  if (!entry) return [];
  const { happenedAt, recordedAt } = event;
  const row = { id: eventId(event), channel: CHANNEL_OF[entry.kind], ...entry, happenedAt, recordedAt };
  return [{ key: { id: row.id }, change: () => row }];
}

type Trade = OrderEvents & ReturnEvents & ShiftEvents & SupplyOrderEvents & StockDocumentEvents & LedgerEvents;

export const salesView = viewOf<Trade>()({
  name: 'sales',
  row: SaleEntryRow,
  sources: ['storefront', 'hema', 'lingshoutong', 'inventory', 'payment'],
  on: {
    OrderConfirmed: (event) => enter(event, confirmedOrder(event.data)),
    OrderCancelled: (event) => enter(event, cancelledOrder(event.data)),
    ReturnAccepted: (event) => enter(event, acceptedReturn(event.data)),
    SaleRecorded: (event) => enter(event, counterSale(event.data)),
    SaleReturnRecorded: (event) => enter(event, counterReturn(event.data)),
    SupplyOrderAccepted: (event) => enter(event, acceptedSupplyOrder(event.data)),
    StockAdjustmentRecorded: (event) => enter(event, stockCorrection(event.data)),
    LedgerAdjusted: (event) => enter(event, ledgerCorrection(event.data)),
  },
});

/** The sums by kind and currency of what happened in a period, as far as it was known at a moment. */
export class SumUpSales {
  constructor(
    readonly period: {
      /** Happened at or after; ISO 8601. */
      from?: string;
      /** Happened before. */
      to?: string;
      /** Recorded at or before. */
      asOf?: string;
    } = {},
  ) {}
}

const SUMS = `
  SELECT kind, currency, sum(documents)::bigint AS documents, sum(lines)::bigint AS lines,
         sum(units)::bigint AS units, sum(amount_minor)::bigint AS minor
  FROM unified_view.sale_entry
  WHERE ($1::timestamptz IS NULL OR happened_at >= $1)
    AND ($2::timestamptz IS NULL OR happened_at < $2)
    AND ($3::timestamptz IS NULL OR recorded_at <= $3)
  GROUP BY kind, currency ORDER BY kind, currency`;

export const sumUpSales = async ({ period: { from, to, asOf } }: SumUpSales, db: EntityManager): Promise<SalesSum[]> =>
  db.query<SalesSum[]>(SUMS, [from ?? null, to ?? null, asOf ?? null]);
