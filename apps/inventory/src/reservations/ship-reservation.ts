import { parcelsOf } from '#libs/contracts';
import { to, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { pick } from '../stock/picking';
import { moveEach } from '../stock/stock';
import { goodsOf } from './parcels';
import { reservation, type Reservation } from './reservation';

/** Takes the goods of an order off the books of the places that they left. */
export class ShipReservation {
  orderId!: string;
}

/** Ships what is still held, once; nothing to say when nothing is held. */
export const shipReservation: DecideAcross<ShipReservation, Reservation> = ({ orderId: reservationId }, stateOf, { now }) => {
  const held = stateOf(reservation, reservationId);
  if (held.status !== 'held') return [];
  return [
    to(reservation, reservationId, { type: 'StockReservationShipped', data: { reservationId, ...goodsOf(held) } }),
    ...parcelsOf(held).flatMap(({ location, lines }) =>
      moveEach(location, pick({ location, stateOf, now }, lines), (line) => ({
        type: 'StockShipped',
        data: { ...line, reservationId },
      })),
    ),
  ];
};
