import { parcelsOf } from '#libs/contracts';
import { Refusal, to, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { releaseEach } from '../stock/promised';
import { goodsOf } from './parcels';
import { reservation, type Held, type Reservation } from './reservation';

/** How long a reservation may be held without a word, in seconds: a week. */
export const MAX_TTL_SECONDS = 604_800;

/** A time so many seconds after another; UTC, ISO 8601. */
export function secondsAfter(now: string, seconds: number): string {
  return new Date(Date.parse(now) + seconds * 1000).toISOString();
}

/**
 * The reservation, if it is one that was asked for directly and is still held.
 * @throws Refusal `unknown-reservation`, `reservation-of-order`, `reservation-released` or `reservation-expired`
 */
export function stillHeld(id: string, state: Reservation, now: string): Held {
  if (state.status === 'undecided') throw unknownReservation(id);
  if (state.status === 'refused' || state.demand !== 'direct') throw ofAnOrder(id);
  if (state.status === 'expired' || (state.expiresAt !== undefined && state.status === 'held' && state.expiresAt <= now)) {
    throw expired(id, state.expiresAt ?? now);
  }
  if (state.status !== 'held') throw released(id, state);
  return state;
}

/** How the goods of a reservation become free again. */
export interface End {
  type: 'StockReservationExpired' | 'StockReservationReleased';
  takenOverBy?: string;
}

/** The goods of a reservation are free again, in its own words and those of each stock. */
export function letGo(reservationId: string, held: Held, { type, ...more }: End, stateOf: StateOf): StreamEvents[] {
  return [
    to(reservation, reservationId, { type, data: { reservationId, ...goodsOf(held), ...more } }),
    ...parcelsOf(held).flatMap(({ location, lines }) => releaseEach({ location, reservationId }, lines, stateOf)),
  ];
}

export function unknownReservation(id: string): Refusal {
  return new Refusal(
    'unknown-reservation',
    `There is no reservation ${id.slice(0, 80)}.`,
    'Use the id that POST /inventory/reservations answered, or that of an order, which is decided within a moment.',
    'not-found',
  );
}

function ofAnOrder(id: string): Refusal {
  return new Refusal(
    'reservation-of-order',
    `Reservation ${id} belongs to an order and goes as the order goes.`,
    'Change the order instead: POST /storefront/orders/:id/cancel.',
    'conflict',
  );
}

function expired(id: string, at: string): Refusal {
  const refusal = new Refusal(
    'reservation-expired',
    `Reservation ${id} was held until ${at}. Nothing was changed.`,
    'Reserve the goods again, and extend or commit the reservation in time.',
    'conflict',
  );
  return Object.assign(refusal, { facts: { expiresAt: at } });
}

function released(id: string, { takenOverBy }: Held): Refusal {
  return new Refusal(
    'reservation-released',
    takenOverBy === undefined ? `Reservation ${id} was released.` : `Order ${takenOverBy} has taken over reservation ${id}.`,
    'Reserve the goods again if they are still wanted.',
    'conflict',
  );
}
