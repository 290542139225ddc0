import type { ReservationEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { stillHeld } from './direct-reservation';
import type { Reservation } from './reservation';

/** Holds goods without an end, until an order takes them over or they are released. */
export class CommitReservation {
  /** From the path. */
  reservationId!: string;
}

/** Nothing to say when it is committed already. Refuses what is not held any more. */
export const commitReservation: Decide<CommitReservation, Reservation, ReservationEvents> = (
  { reservationId },
  state,
  { now },
) => {
  const { expiresAt } = stillHeld(reservationId, state, now);
  return expiresAt === undefined ? [] : [{ type: 'StockReservationCommitted', data: { reservationId } }];
};
