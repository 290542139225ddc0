import type { OrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Order } from './order';

/** Inventory holds every line of an order. */
export class RecordAllocation {
  orderId!: string;
  location!: string;
}

/** Nothing when the order ended meanwhile: that has already let the goods go. */
export const recordAllocation: Decide<RecordAllocation, Order, OrderEvents> = ({ orderId, location }, state) => {
  if (state?.status !== 'pending') return [];
  const { customer, totals, paymentToken } = state.purchase;
  const money = { totals, ...(paymentToken && { paymentToken }) };
  return [{ type: 'OrderAllocated', data: { orderId, customer, location, ...money } }];
};
