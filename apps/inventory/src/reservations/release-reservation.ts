import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import { letGo } from './direct-reservation';
import { reservation, type Reservation } from './reservation';

/** Lets the goods of an order that came to nothing go. */
export class ReleaseReservation {
  orderId!: string;
}

/** Frees what is held; nothing to say when nothing is (refused, released before, or shipped). */
export const releaseReservation: DecideAcross<ReleaseReservation, Reservation> = ({ orderId: reservationId }, stateOf) => {
  const held = stateOf(reservation, reservationId);
  return held.status === 'held' ? letGo(reservationId, held, { type: 'StockReservationReleased' }, stateOf) : [];
};
