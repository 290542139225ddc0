import type { OrderEvents, Parcel } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { allocationOf, isHeld, type Order } from './order';

/** Other places hold the goods of an order now. */
export class RecordRelocation {
  orderId!: string;
  location!: string;
  /** Which place holds what, where that is more than one. */
  parcels?: Parcel[];
}

/** Nothing when the order ended or left meanwhile. */
export const recordRelocation: Decide<RecordRelocation, Order, OrderEvents> = ({ orderId, ...held }, state) =>
  isHeld(state) ? [{ type: 'OrderRelocated', data: { orderId, customer: state.purchase.customer, ...allocationOf(held) } }] : [];
