import type { OrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Order } from './order';

/** The parcel of an order arrived. */
export class RecordDelivery {
  orderId!: string;
  shipmentId!: string;
}

/** Once. */
export const recordDelivery: Decide<RecordDelivery, Order, OrderEvents> = ({ orderId, shipmentId }, state) =>
  state?.status === 'shipped'
    ? [{ type: 'OrderDelivered', data: { orderId, customer: state.purchase.customer, shipmentId } }]
    : [];
