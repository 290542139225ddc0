import type { OrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Order } from './order';

/** The parcel of an order left. */
export class RecordShipment {
  orderId!: string;
  shipmentId!: string;
}

/** Also for an order that shall be cancelled: the parcel was quicker, and the answer to that is on its way. */
export const recordShipment: Decide<RecordShipment, Order, OrderEvents> = ({ orderId, shipmentId }, state) =>
  state?.status === 'confirmed'
    ? [{ type: 'OrderShipped', data: { orderId, customer: state.purchase.customer, shipmentId } }]
    : [];
