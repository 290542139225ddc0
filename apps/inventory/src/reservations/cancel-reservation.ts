import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import { letGo, stillHeld } from './direct-reservation';
import { reservation, type Reservation } from './reservation';

/** Lets goods go that were reserved directly. */
export class CancelReservation {
  /** From the path. */
  reservationId!: string;
}

/** Refuses what is not held any more: whoever releases twice may be wrong about which. */
export const cancelReservation: DecideAcross<CancelReservation, Reservation> = ({ reservationId }, stateOf, { now }) => {
  const held = stillHeld(reservationId, stateOf(reservation, reservationId), now);
  return letGo(reservationId, held, { type: 'StockReservationReleased' }, stateOf);
};
