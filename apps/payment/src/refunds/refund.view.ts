import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { PaymentEvents, RefundEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** Money that went back for one return, whether it names an order or not. */
@Entity({ schema: 'payment', name: 'refund' })
export class RefundRow {
  @PrimaryColumn('text', { name: 'return_id' })
  returnId!: string;

  /** The order whose payment it was taken from; null when the return names none. */
  @Column('text', { name: 'order_id', nullable: true })
  orderId!: string | null;

  @Column('text')
  customer!: string;

  /** Positive. */
  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: number;

  @Column('text')
  currency!: string;

  @Column('timestamptz', { name: 'refunded_at' })
  refundedAt!: string;
}

interface Refunded {
  returnId: string;
  orderId?: string;
  customer: string;
  amountMinor: number;
  currency: string;
}

function row({ data, happenedAt: refundedAt }: { data: Refunded; happenedAt: string }): RowChange<RefundRow>[] {
  const { returnId, orderId = null, customer, amountMinor, currency } = data;
  return [{ key: { returnId }, change: () => ({ returnId, orderId, customer, amountMinor, currency, refundedAt }) }];
}

export const refundView = viewOf<PaymentEvents & RefundEvents>()({
  name: 'refunds',
  row: RefundRow,
  sources: ['payment'],
  on: { PaymentRefunded: row, RefundIssued: row },
});

/** The money that went back for a return. */
export class FindRefund {
  constructor(readonly returnId: string) {}
}

export const findRefund = async ({ returnId }: FindRefund, db: EntityManager): Promise<RefundRow | null> => {
  const found = await db.findOneBy(RefundRow, { returnId });
  return found && { ...found, refundedAt: new Date(found.refundedAt).toISOString() };
};
