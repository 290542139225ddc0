import { IsISO8601, IsOptional, IsString, Length } from 'class-validator';
import type { ShipmentEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { hasLeft, shipmentCancelled, unknownShipment, type Shipment } from './shipment';

const OWN_RIDERS = 'own-riders';

/** The parcel was handed over. */
export class ShipShipment {
  /** From the path. */
  shipmentId!: string;

  /** Who carries it; `own-riders` when absent. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  carrier?: string;

  /** When it was handed over, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Once: a parcel that has left stays with its first carrier. Refuses one that was cancelled. */
export const shipShipment: Decide<ShipShipment, Shipment, ShipmentEvents> = (command, state) => {
  const { shipmentId, carrier = OWN_RIDERS } = command;
  if (!state) throw unknownShipment(shipmentId);
  if (state.status === 'cancelled') throw shipmentCancelled(shipmentId);
  if (hasLeft(state)) return [];
  const { orderId, location } = state;
  return [{ type: 'ShipmentShipped', data: { shipmentId, orderId, location, carrier } }];
};
