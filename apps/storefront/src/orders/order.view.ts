import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { OrderEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import type { OrderPayment, OrderStatus } from './order-resource';

/** One online order, without its lines. */
@Entity({ schema: 'storefront', name: 'online_order' })
export class OrderRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  customer!: string;

  @Column('text')
  status!: OrderStatus;

  /** Why it was rejected or cancelled. */
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text')
  payment!: OrderPayment;

  @Column('bigint', { name: 'total_minor' })
  totalMinor!: number;

  @Column('text')
  currency!: string;

  /** Where the goods, or most of them, are held or were sent from. */
  @Column('text', { nullable: true })
  location!: string | null;

  @Column('timestamptz', { name: 'placed_at' })
  placedAt!: string;
}

function placed({ orderId: id, customer, totals, placedAt }: OrderEvents['OrderPlaced']): RowChange<OrderRow>[] {
  const { amountMinor: totalMinor, currency } = totals;
  const nothingYet = { status: 'pending' as const, reason: null, payment: 'none' as const, location: null };
  return [{ key: { id }, change: () => ({ id, customer, ...nothingYet, totalMinor, currency, placedAt }) }];
}

function changed(id: string, facts: Partial<OrderRow> | ((row: OrderRow) => Partial<OrderRow>)): RowChange<OrderRow>[] {
  const change = (row: OrderRow | undefined): OrderRow => {
    // A stream is read from its beginning, in order: what changes was placed before.
    if (!row) throw new Error(`Order ${id} changes, but was never placed.`);
    return { ...row, ...(typeof facts === 'function' ? facts(row) : facts) };
  };
  return [{ key: { id }, change }];
}

export const orderView = viewOf<OrderEvents>()({
  name: 'orders',
  row: OrderRow,
  sources: ['storefront'],
  on: {
    OrderPlaced: ({ data }) => placed(data),
    OrderAllocated: ({ data: { orderId, location } }) => changed(orderId, { location }),
    OrderRelocated: ({ data: { orderId, location } }) => changed(orderId, { location }),
    OrderConfirmed: ({ data: { orderId } }) => changed(orderId, { status: 'confirmed', payment: 'authorized' }),
    OrderRejected: ({ data: { orderId, reason } }) =>
      changed(orderId, {
        status: 'rejected',
        reason,
        location: null,
        ...(reason === 'payment-declined' && { payment: 'declined' }),
      }),
    OrderCancellationRequested: ({ data: { orderId } }) => changed(orderId, { status: 'cancelling' }),
    OrderCancellationDeclined: ({ data: { orderId } }) =>
      changed(orderId, ({ status }) => ({ status: status === 'cancelling' ? 'confirmed' : status })),
    OrderCancelled: ({ data: { orderId, reason, wasConfirmed } }) =>
      changed(orderId, { status: 'cancelled', reason, location: null, payment: wasConfirmed ? 'voided' : 'none' }),
    OrderShipped: ({ data: { orderId } }) => changed(orderId, { status: 'shipped' }),
    OrderPaid: ({ data: { orderId } }) => changed(orderId, { payment: 'captured' }),
    OrderDelivered: ({ data: { orderId } }) => changed(orderId, { status: 'delivered' }),
  },
});

/** The orders before a place in the list, newest first, at most `limit`. */
export class ListOrders {
  constructor(
    readonly filter: { customer?: string | undefined; status?: string | undefined },
    readonly limit: number,
    /** The last order of the page before. */
    readonly before?: { at: string; id: string },
  ) {}
}

export const listOrders = async ({ filter, limit, before }: ListOrders, db: EntityManager): Promise<OrderRow[]> => {
  const list = db.createQueryBuilder(OrderRow, 'o').orderBy('o.placedAt', 'DESC').addOrderBy('o.id', 'DESC').limit(limit);
  if (filter.customer !== undefined) list.andWhere('o.customer = :customer', filter);
  if (filter.status !== undefined) list.andWhere('o.status = :status', filter);
  if (before) list.andWhere('(o.placedAt, o.id) < (:at, :id)', before);
  const rows = await list.getMany();
  return rows.map((row) => ({ ...row, placedAt: new Date(row.placedAt).toISOString() }));
};
