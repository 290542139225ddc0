import type { Channel, Demand, HeldGoods, ReservationEvents } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';
import { goodsIn, goodsOf } from './parcels';

/** What is short of an order at the place that came closest to filling it. */
export type Shortage = ReservationEvents['StockReservationRefused']['short'];

/** Goods that are, or were, held for an order or on request. */
export interface Held extends HeldGoods {
  status: 'held' | 'released' | 'expired' | 'shipped';
  demand: Demand;
  /** Of a direct reservation. */
  channel?: Channel;
  /** UTC, ISO 8601; absent: held until they leave or are let go. */
  expiresAt?: string;
  /** The order that holds the goods now instead. */
  takenOverBy?: string;
  /** Places that could not give what they held. */
  failed?: readonly string[];
}

/** Goods that were asked for: held or refused, then shipped or let go. */
export type Reservation = { status: 'undecided' } | { status: 'refused'; short: Shortage } | Held;

export const reservation: Aggregate<Reservation, ReservationEvents> = {
  category: 'reservation',
  initial: { status: 'undecided' },
  evolve: {
    StockReservationMade: (_, { demand, channel, ...goods }) => ({
      ...{ status: 'held', demand, ...goodsOf(goods) },
      ...(channel && { channel }),
    }),
    StockReservationRefused: (_, { short }) => ({ status: 'refused', short }),
    StockReservationMoved: (state, { from, ...goods }) =>
      whenHeld(state, ({ parcels: _, failed = [], ...held }) => ({ ...held, ...goodsOf(goods), failed: [...failed, from] })),
    StockReservationExpirySet: (state, { expiresAt }) => whenHeld(state, (held) => ({ ...held, expiresAt })),
    StockReservationCommitted: (state) => whenHeld(state, ({ expiresAt: _, ...held }) => held),
    StockReservationExpired: (state) => whenHeld(state, (held) => ({ ...held, status: 'expired' })),
    StockReservationReleased: (state, { takenOverBy }) =>
      whenHeld(state, (held) => ({ ...held, status: 'released', ...(takenOverBy !== undefined && { takenOverBy }) })),
    StockReservationParcelShipped: (state, { location }) => whenHeld(state, (held) => without(held, location)),
    StockReservationShipped: (state) => whenHeld(state, (held) => ({ ...held, status: 'shipped' })),
  },
};

function whenHeld(state: Reservation, change: (held: Held) => Held): Reservation {
  return state.status === 'held' ? change(state) : state;
}

/** The last parcel leaves with the reservation. */
function without({ parcels = [], ...held }: Held, location: string): Held {
  const left = parcels.filter((parcel) => parcel.location !== location);
  return left.length > 0 ? { ...held, ...goodsIn(left) } : held;
}
