import { stockedLines, type OrderEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { CancelShipment } from './cancel-shipment';
import { CreateShipment } from './create-shipment';

/** A confirmed order is packed, unless its customer calls it off in time. */
export const ordersBecomeShipments = processOf<OrderEvents>()({
  name: 'orders-become-shipments',
  sources: ['storefront'],
  on: {
    OrderConfirmed: ({ data: { orderId, location, lines, deliverTo, recipient } }) => {
      const parcel = { orderId, location, lines: stockedLines(lines), deliverTo, ...(recipient && { recipient }) };
      return [Object.assign(new CreateShipment(), parcel)];
    },
    OrderCancellationRequested: ({ data: { orderId } }) => [Object.assign(new CancelShipment(), { shipmentId: orderId })],
  },
});
