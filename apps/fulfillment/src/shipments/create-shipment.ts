import type { Parcel as Goods, ShipmentEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Parcel, Shipment } from './shipment';

/** An order is confirmed: somebody shall pack it. The id of a shipment is that of its order. */
export class CreateShipment implements Parcel {
  orderId!: string;
  location!: string;
  lines!: Parcel['lines'];
  deliverTo!: Parcel['deliverTo'];
  recipient?: Parcel['recipient'];
  parcels?: Goods[];
}

/** Once. An order of services alone has a parcel, too: it is what is delivered, and what its money is captured for. */
export const createShipment: Decide<CreateShipment, Shipment, ShipmentEvents> = (command, state) => {
  if (state) return [];
  const { orderId, location, lines, deliverTo, recipient, parcels } = command;
  const parcel = { orderId, location, lines, deliverTo, ...(recipient && { recipient }), ...(parcels && { parcels }) };
  return [{ type: 'ShipmentCreated', data: { shipmentId: orderId, ...parcel } }];
};
