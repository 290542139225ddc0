import type { ShipmentEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { CompleteCancellation } from './complete-cancellation';
import { DeclineCancellation } from './decline-cancellation';
import { RecordDelivery } from './record-delivery';
import { RecordShipment } from './record-shipment';

/** An order follows its parcel: on its way, there, or stopped. */
export const shipmentsMoveOrders = processOf<ShipmentEvents>()({
  name: 'shipments-move-orders',
  sources: ['fulfillment'],
  on: {
    ShipmentShipped: ({ data: { orderId, shipmentId } }) => [Object.assign(new RecordShipment(), { orderId, shipmentId })],
    ShipmentDelivered: ({ data: { orderId, shipmentId } }) => [Object.assign(new RecordDelivery(), { orderId, shipmentId })],
    ShipmentCancelled: ({ data: { orderId } }) => [Object.assign(new CompleteCancellation(), { orderId })],
    ShipmentCancellationDeclined: ({ data: { orderId, reason } }) => [
      Object.assign(new DeclineCancellation(), { orderId, reason }),
    ],
  },
});
