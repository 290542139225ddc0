import type { OrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Order } from './order';

/** Fulfillment stopped the parcel before it left. */
export class CompleteCancellation {
  orderId!: string;
}

/** The order is off, for the reason that its customer gave. */
export const completeCancellation: Decide<CompleteCancellation, Order, OrderEvents> = ({ orderId }, state) => {
  if (state?.status !== 'confirmed' || state.cancellation?.status !== 'requested') return [];
  const { customer, totals } = state.purchase;
  const { reason } = state.cancellation;
  return [{ type: 'OrderCancelled', data: { orderId, customer, reason, wasConfirmed: true, totals } }];
};
