import type { ReservationEvents, StockLine } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';

/** What is short of an order at the place that came closest to filling it. */
export type Shortage = ReservationEvents['StockReservationRefused']['short'];

/** The goods of one order: asked for, held at one place or refused, then shipped or let go. */
export type Reservation =
  | { status: 'undecided' }
  | { status: 'refused'; short: Shortage }
  | { status: 'held' | 'released' | 'shipped'; location: string; lines: StockLine[] };

export const reservation: Aggregate<Reservation, ReservationEvents> = {
  category: 'reservation',
  initial: { status: 'undecided' },
  evolve: {
    StockReservationMade: (_, { location, lines }) => ({ status: 'held', location, lines }),
    StockReservationRefused: (_, { short }) => ({ status: 'refused', short }),
    StockReservationReleased: (_, { location, lines }) => ({ status: 'released', location, lines }),
    StockReservationShipped: (_, { location, lines }) => ({ status: 'shipped', location, lines }),
  },
};
