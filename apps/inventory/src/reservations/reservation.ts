import type { Channel, Demand, ReservationEvents, StockLine } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';

/** What is short of an order at the place that came closest to filling it. */
export type Shortage = ReservationEvents['StockReservationRefused']['short'];

/** Goods at one place that are, or were, held for an order or on request. */
export interface Held {
  status: 'held' | 'released' | 'expired' | 'shipped';
  demand: Demand;
  location: string;
  lines: StockLine[];
  /** Of a direct reservation. */
  channel?: Channel;
  /** UTC, ISO 8601; absent: held until they leave or are let go. */
  expiresAt?: string;
  /** The order that holds the goods now instead. */
  takenOverBy?: string;
}

/** Goods that were asked for: held at one place or refused, then shipped or let go. */
export type Reservation = { status: 'undecided' } | { status: 'refused'; short: Shortage } | Held;

export const reservation: Aggregate<Reservation, ReservationEvents> = {
  category: 'reservation',
  initial: { status: 'undecided' },
  evolve: {
    StockReservationMade: (_, { demand, location, lines, channel }) => ({
      ...{ status: 'held', demand, location, lines },
      ...(channel && { channel }),
    }),
    StockReservationRefused: (_, { short }) => ({ status: 'refused', short }),
    StockReservationExpirySet: (state, { expiresAt }) => whenHeld(state, (held) => ({ ...held, expiresAt })),
    StockReservationCommitted: (state) => whenHeld(state, ({ expiresAt: _, ...held }) => held),
    StockReservationExpired: (state) => whenHeld(state, (held) => ({ ...held, status: 'expired' })),
    StockReservationReleased: (state, { takenOverBy }) =>
      whenHeld(state, (held) => ({ ...held, status: 'released', ...(takenOverBy !== undefined && { takenOverBy }) })),
    StockReservationShipped: (state) => whenHeld(state, (held) => ({ ...held, status: 'shipped' })),
  },
};

function whenHeld(state: Reservation, change: (held: Held) => Held): Reservation {
  return state.status === 'held' ? change(state) : state;
}
