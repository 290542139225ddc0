import type { ShipmentEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Shipment } from './shipment';

/** The customer called the order off. */
export class CancelShipment {
  shipmentId!: string;
}

/** A parcel that is still here is stopped; one that has left is not, and the storefront is told so, once. */
export const cancelShipment: Decide<CancelShipment, Shipment, ShipmentEvents> = ({ shipmentId }, state) => {
  if (!state || state.status === 'cancelled') return [];
  const about = { shipmentId, orderId: state.orderId, location: state.location };
  if (state.status === 'created') return [{ type: 'ShipmentCancelled', data: about }];
  if (state.stopDeclined) return [];
  return [{ type: 'ShipmentCancellationDeclined', data: { ...about, reason: 'already-shipped' } }];
};
