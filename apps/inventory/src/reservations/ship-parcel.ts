import { to, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { pick } from '../stock/picking';
import { moveEach } from '../stock/stock';
import { reservation, type Reservation } from './reservation';

/** Takes the goods of one of several parcels off the books of the place that it left. */
export class ShipParcel {
  orderId!: string;
  location!: string;
}

/** Once; nothing to say when nothing is held there, or nothing elsewhere: the last parcel leaves with the reservation. */
export const shipParcel: DecideAcross<ShipParcel, Reservation> = ({ orderId: reservationId, location }, stateOf, { now }) => {
  const held = stateOf(reservation, reservationId);
  const parcel = held.status === 'held' ? held.parcels?.find((one) => one.location === location) : undefined;
  if (!parcel) return [];
  return [
    to(reservation, reservationId, { type: 'StockReservationParcelShipped', data: { reservationId, ...parcel } }),
    ...moveEach(location, pick({ location, stateOf, now }, parcel.lines), (line) => ({
      ...{ type: 'StockShipped', data: { ...line, reservationId } },
    })),
  ];
};
