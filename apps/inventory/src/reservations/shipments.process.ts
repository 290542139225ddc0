import type { ShipmentEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { ShipParcel } from './ship-parcel';
import { ShipReservation } from './ship-reservation';

/** A parcel that leaves takes its goods off the books. */
export const shipmentsTakeStock = processOf<ShipmentEvents>()({
  name: 'shipments-take-stock',
  sources: ['fulfillment'],
  on: {
    ShipmentParcelShipped: ({ data: { orderId, location } }) => [Object.assign(new ShipParcel(), { orderId, location })],
    ShipmentShipped: ({ data: { orderId } }) => [Object.assign(new ShipReservation(), { orderId })],
  },
});
