import type { ShipmentEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { goodsOf, hasLeft, toPack, type Shipment } from './shipment';

/** The customer called the order off. */
export class CancelShipment {
  shipmentId!: string;
}

/**
 * What is still here is stopped; what has left, if only a part of it, is not, and the storefront is told so. Once, where nobody can
 * ask again.
 */
export const cancelShipment: Decide<CancelShipment, Shipment, ShipmentEvents> = ({ shipmentId }, state) => {
  if (!state || state.status === 'cancelled') return [];
  const about = { shipmentId, orderId: state.orderId, location: state.location };
  const isWhole = state.status === 'created' && toPack(state).length === goodsOf(state).length;
  if (isWhole) return [{ type: 'ShipmentCancelled', data: about }];
  if (hasLeft(state) && state.stopDeclined) return [];
  return [{ type: 'ShipmentCancellationDeclined', data: { ...about, reason: 'already-shipped' } }];
};
