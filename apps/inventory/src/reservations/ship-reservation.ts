import { to, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { moveEach } from '../stock/stock';
import { reservation, type Reservation } from './reservation';

/** Takes the goods of an order off the books of the place that they left. */
export class ShipReservation {
  orderId!: string;
}

/** Ships what is held, once; nothing to say when nothing is held. */
export const shipReservation: DecideAcross<ShipReservation, Reservation> = ({ orderId: reservationId }, stateOf) => {
  const held = stateOf(reservation, reservationId);
  if (held.status !== 'held') return [];
  const { location, lines } = held;
  return [
    to(reservation, reservationId, { type: 'StockReservationShipped', data: { reservationId, location, lines } }),
    ...moveEach(location, lines, (line) => ({ type: 'StockShipped', data: { ...line, reservationId } })),
  ];
};
