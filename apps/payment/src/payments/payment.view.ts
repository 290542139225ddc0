import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { PaymentEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import type { Payment } from './payment';

/** The money of one online order. */
@Entity({ schema: 'payment', name: 'payment' })
export class PaymentRow {
  @PrimaryColumn('text', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  customer!: string;

  @Column('text')
  status!: NonNullable<Payment>['status'];

  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: number;

  /** What of it went back. */
  @Column('bigint', { name: 'refunded_minor' })
  refundedMinor!: number;

  @Column('text')
  currency!: string;

  /** When the provider was asked. */
  @Column('timestamptz', { name: 'asked_at' })
  askedAt!: string;
}

interface Asked {
  data: PaymentEvents['PaymentCaptured'];
  happenedAt: string;
}

function begun({ data, happenedAt: askedAt }: Asked, status: PaymentRow['status']): RowChange<PaymentRow>[] {
  const { orderId, customer, amountMinor, currency } = data;
  return [{ key: { orderId }, change: () => ({ orderId, customer, status, amountMinor, refundedMinor: 0, currency, askedAt }) }];
}

function changed(orderId: string, facts: (row: PaymentRow) => Partial<PaymentRow>): RowChange<PaymentRow>[] {
  const change = (row: PaymentRow | undefined): PaymentRow => {
    // A stream is read from its beginning, in order: the provider answered before.
    if (!row) throw new Error(`The payment of order ${orderId} moves, but was never asked for.`);
    return { ...row, ...facts(row) };
  };
  return [{ key: { orderId }, change }];
}

export const paymentView = viewOf<PaymentEvents>()({
  name: 'payments',
  row: PaymentRow,
  sources: ['payment'],
  on: {
    PaymentAuthorized: (event) => begun(event, 'authorized'),
    PaymentDeclined: (event) => begun(event, 'declined'),
    PaymentCaptured: ({ data: { orderId } }) => changed(orderId, () => ({ status: 'captured' })),
    PaymentVoided: ({ data: { orderId } }) => changed(orderId, () => ({ status: 'voided' })),
    PaymentRefunded: ({ data: { orderId, amountMinor } }) =>
      changed(orderId, ({ refundedMinor }) => ({ refundedMinor: refundedMinor + amountMinor })),
  },
});

/** The payments, of one status where it is named, before a place in the list, the latest first, at most `limit`. */
export class ListPayments {
  constructor(
    readonly status: string | undefined,
    readonly limit: number,
    /** The last payment of the page before. */
    readonly before?: { at: string; id: string },
  ) {}
}

export const listPayments = async ({ status, limit, before }: ListPayments, db: EntityManager): Promise<PaymentRow[]> => {
  const list = db.createQueryBuilder(PaymentRow, 'payment').where('true').limit(limit);
  if (status !== undefined) list.andWhere('payment.status = :status', { status });
  if (before) list.andWhere('(payment.askedAt, payment.orderId) < (:at, :id)', before);
  const rows = await list.orderBy('payment.askedAt', 'DESC').addOrderBy('payment.orderId', 'DESC').getMany();
  return rows.map((row) => ({ ...row, askedAt: new Date(row.askedAt).toISOString() }));
};
