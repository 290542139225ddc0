import type { ReservationEvents } from '#libs/contracts';
import { forget, later, processOf } from '#libs/eventsourcing/vocabulary';
import { ExpireReservation } from './expire-reservation';

/**
 * What is held until a time is let go then. It listens only to what reservations with an end say, so that orders, which have
 * none, cost nothing; the timer of one that ends before its time finds nothing to do.
 */
export const reservationsExpire = processOf<ReservationEvents>()({
  name: 'reservations-expire',
  sources: ['inventory'],
  on: {
    StockReservationExpirySet: ({ data: { reservationId, expiresAt } }) => [
      later(reservationId, expiresAt, Object.assign(new ExpireReservation(), { reservationId })),
    ],
    StockReservationCommitted: ({ data: { reservationId } }) => [forget(reservationId)],
  },
});
