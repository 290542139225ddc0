import type { OrderEvents, Parcel } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { allocationOf, type Order } from './order';

/** Inventory holds every line of an order. */
export class RecordAllocation {
  orderId!: string;
  location!: string;
  /** Which place holds what, where that is more than one. */
  parcels?: Parcel[];
}

/** Nothing when the order ended meanwhile: that has already let the goods go. */
export const recordAllocation: Decide<RecordAllocation, Order, OrderEvents> = ({ orderId, ...held }, state) => {
  if (state?.status !== 'pending') return [];
  const { customer, totals, paymentToken } = state.purchase;
  const money = { totals, ...(paymentToken && { paymentToken }) };
  return [{ type: 'OrderAllocated', data: { orderId, customer, ...allocationOf(held), ...money } }];
};
