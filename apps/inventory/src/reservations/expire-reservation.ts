import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import { letGo } from './direct-reservation';
import { reservation, type Reservation } from './reservation';

/** Lets goods go that nobody wanted in time. */
export class ExpireReservation {
  reservationId!: string;
}

/** Nothing to say when it was extended, committed or let go since its timer was set. */
export const expireReservation: DecideAcross<ExpireReservation, Reservation> = ({ reservationId }, stateOf, { now }) => {
  const held = stateOf(reservation, reservationId);
  if (held.status !== 'held' || held.expiresAt === undefined || held.expiresAt > now) return [];
  return letGo(reservationId, held, { type: 'StockReservationExpired' }, stateOf);
};
