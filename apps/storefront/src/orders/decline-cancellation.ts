import type { OrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { isPromised, type Order } from './order';

/** Fulfillment could not stop the parcel. */
export class DeclineCancellation {
  orderId!: string;
  reason!: string;
}

/** The order goes on. */
export const declineCancellation: Decide<DeclineCancellation, Order, OrderEvents> = ({ orderId, reason }, state) => {
  if (!isPromised(state) || state.cancellation?.status !== 'requested') return [];
  return [{ type: 'OrderCancellationDeclined', data: { orderId, customer: state.purchase.customer, reason } }];
};
