import { IsOptional, IsString, Length } from 'class-validator';
import type { OrderEvents } from '#libs/contracts';
import { Refusal, type Decide, type EventOf } from '#libs/eventsourcing/vocabulary';
import { isBeingCancelled, unknownOrder, type Order } from './order';

/** A customer does not want an order any more. */
export class CancelOrder {
  /** From the path. */
  orderId!: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  reason?: string;
}

/**
 * Before it is confirmed an order is cancelled at once; after that fulfillment is asked whether the parcel can be stopped.
 * Refuses an order that was rejected or has left.
 */
export const cancelOrder: Decide<CancelOrder, Order, OrderEvents> = ({ orderId, reason = 'not given' }, state) => {
  if (!state) throw unknownOrder(orderId, 'not-found');
  if (state.status === 'cancelled' || isBeingCancelled(state)) return [];
  const about = { orderId, customer: state.purchase.customer, reason };
  return [CANCELLING[state.status](about, state)];
};

type About = OrderEvents['OrderCancellationRequested'];
type Cancelling = (about: About, state: NonNullable<Order>) => EventOf<OrderEvents>;

const atOnce: Cancelling = (about, { purchase }) => ({
  type: 'OrderCancelled',
  data: { ...about, wasConfirmed: false, totals: purchase.totals },
});
const ask: Cancelling = (about) => ({ type: 'OrderCancellationRequested', data: about });
const tooLate: Cancelling = ({ orderId }) => {
  throw new Refusal(
    'order-already-shipped',
    `The goods of order ${orderId} have left.`,
    'Send them back when they have arrived: POST /storefront/returns.',
    'conflict',
  );
};
const pointless: Cancelling = ({ orderId }) => {
  throw new Refusal(
    'order-already-rejected',
    `Order ${orderId} was rejected; nothing is held and nothing is owed.`,
    'There is nothing to do. GET /storefront/orders/:id says why it was rejected.',
    'conflict',
  );
};

/** What becomes of the wish, by where the order stands. */
const CANCELLING: Record<Exclude<NonNullable<Order>['status'], 'cancelled'>, Cancelling> = {
  pending: atOnce,
  allocated: atOnce,
  confirmed: ask,
  shipped: tooLate,
  delivered: tooLate,
  rejected: pointless,
};
