import { stockedLines, type OrderEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { CancelShipment } from './cancel-shipment';
import { CreateShipment } from './create-shipment';
import { MoveShipment } from './move-shipment';

/** A confirmed order is packed, unless its customer calls it off in time. */
export const ordersBecomeShipments = processOf<OrderEvents>()({
  name: 'orders-become-shipments',
  sources: ['storefront'],
  on: {
    OrderConfirmed: ({ data: { orderId, location, parcels, lines, deliverTo, recipient } }) => {
      const parcel = { orderId, location, lines: stockedLines(lines), deliverTo, ...(recipient && { recipient }) };
      return [Object.assign(new CreateShipment(), parcel, parcels && { parcels })];
    },
    OrderRelocated: ({ data: { orderId: shipmentId, location, parcels } }) => [
      Object.assign(new MoveShipment(), { shipmentId, location, ...(parcels && { parcels }) }),
    ],
    OrderCancellationRequested: ({ data: { orderId } }) => [Object.assign(new CancelShipment(), { shipmentId: orderId })],
  },
});
