import { to, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { releaseEach } from '../stock/promised';
import { reservation, type Reservation } from './reservation';

/** Lets the goods of an order that came to nothing go. */
export class ReleaseReservation {
  orderId!: string;
}

/** Frees what is held; nothing to say when nothing is (refused, released before, or shipped). */
export const releaseReservation: DecideAcross<ReleaseReservation, Reservation> = ({ orderId: reservationId }, stateOf) => {
  const held = stateOf(reservation, reservationId);
  if (held.status !== 'held') return [];
  const { location, lines } = held;
  return [
    to(reservation, reservationId, { type: 'StockReservationReleased', data: { reservationId, location, lines } }),
    ...releaseEach({ location, reservationId }, lines, stateOf),
  ];
};
