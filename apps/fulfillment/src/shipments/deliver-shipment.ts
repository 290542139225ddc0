import { IsISO8601, IsOptional } from 'class-validator';
import type { ShipmentEvents } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { shipmentCancelled, unknownShipment, type Shipment } from './shipment';

/** The parcel arrived. */
export class DeliverShipment {
  /** From the path. */
  shipmentId!: string;

  /** When it arrived, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Once. Refuses a parcel that has not left or was cancelled. */
export const deliverShipment: Decide<DeliverShipment, Shipment, ShipmentEvents> = ({ shipmentId }, state) => {
  if (!state) throw unknownShipment(shipmentId);
  if (state.status === 'cancelled') throw shipmentCancelled(shipmentId);
  if (state.status === 'created') throw notShipped(shipmentId);
  if (state.status === 'delivered') return [];
  const { orderId, location } = state;
  return [{ type: 'ShipmentDelivered', data: { shipmentId, orderId, location } }];
};

function notShipped(id: string): Refusal {
  return new Refusal(
    'shipment-not-shipped',
    `Shipment ${id} has not left, so it cannot have arrived.`,
    'Ship it first: POST /fulfillment/shipments/:id/ship.',
    'conflict',
  );
}
