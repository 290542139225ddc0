import { IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { ID_PATTERN, type ShipmentEvents } from '#libs/contracts';
import { Refusal, type Decide, type EventOf } from '#libs/eventsourcing/vocabulary';
import { goodsOf, hasLeft, shipmentCancelled, toPack, unknownShipment, type Shipment } from './shipment';

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

  /** Which of several places has handed its parcel over; absent: all that have not yet. */
  @IsOptional()
  @Matches(ID_PATTERN)
  location?: string;

  /** When it was handed over, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/**
 * Once: what has left stays with its first carrier. The order has left when its last parcel has. Refuses what was cancelled, and a
 * place that packs nothing of it.
 */
export const shipShipment: Decide<ShipShipment, Shipment, ShipmentEvents> = (command, state) => {
  const { shipmentId, carrier = OWN_RIDERS, location: from } = command;
  if (!state) throw unknownShipment(shipmentId);
  if (state.status === 'cancelled') throw shipmentCancelled(shipmentId);
  const places = goodsOf(state).map(({ location }) => location);
  if (from !== undefined && !places.includes(from)) throw notPackedThere(command, places);
  if (hasLeft(state)) return [];
  const waiting = toPack(state);
  const leaving = waiting.filter(({ location }) => from === undefined || location === from);
  return leaving.map(({ location, lines }, n): EventOf<ShipmentEvents> => {
    const about = { shipmentId, orderId: state.orderId, location, carrier };
    const isLast = n === waiting.length - 1;
    return isLast ? { type: 'ShipmentShipped', data: about } : { type: 'ShipmentParcelShipped', data: { ...about, lines } };
  });
};

function notPackedThere({ shipmentId, location }: ShipShipment, places: readonly string[]): Refusal {
  return new Refusal(
    'not-packed-there',
    `${location} packs nothing of shipment ${shipmentId}.`,
    `Name one of ${places.join(', ')}, or none for all of it.`,
    'conflict',
  );
}
