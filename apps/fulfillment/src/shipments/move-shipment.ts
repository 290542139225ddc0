import type { Parcel as Goods, ShipmentEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Shipment } from './shipment';

/** Other places have the goods of an order now. */
export class MoveShipment {
  shipmentId!: string;
  location!: string;
  /** Which place packs what, where that is more than one. */
  parcels?: Goods[];
}

/** Nothing for what has left: the news came too late. */
export const moveShipment: Decide<MoveShipment, Shipment, ShipmentEvents> = ({ shipmentId, location, parcels }, state) => {
  if (state?.status !== 'created') return [];
  const about = { shipmentId, orderId: state.orderId, location };
  return [{ type: 'ShipmentMoved', data: { ...about, ...(parcels && { parcels }) } }];
};
