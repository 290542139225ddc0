import type { Channel } from './promise.events';
import type { Sourced } from './sourcing.events';
import type { StockLine } from './values';

/** Whose goods a reservation holds: those of an order, or of nobody yet (`direct`: a cart, a quotation). */
export type Demand = 'online-order' | 'supply-order' | 'direct';

/** Goods that one place holds for a reservation. */
export interface Parcel {
  location: string;
  lines: StockLine[];
}

/** All goods of a reservation; `location` is where they are, or most of them. */
export interface HeldGoods extends Parcel {
  /** Which place holds what, where that is more than one. */
  parcels?: Parcel[];
}

/** Which place holds what. */
export function parcelsOf({ location, lines, parcels }: HeldGoods): Parcel[] {
  return parcels ?? [{ location, lines }];
}

/** Why goods cannot come from the place that holds them: it said so, or they were not there when somebody came for them. */
export const MOVE_REASONS = ['rejected', 'short-pick'] as const;
export type MoveReason = (typeof MOVE_REASONS)[number];

/** Stream `reservation:<id>` of `inventory`: goods that are held, all or nothing; for an order, under its id. */
export interface ReservationEvents {
  /** Every line is held; `distanceKm` is the great-circle way to the customer, of the farthest parcel, in whole kilometers. */
  StockReservationMade: Sourced &
    HeldGoods & {
      reservationId: string;
      demand: Demand;
      distanceKm: number;
      /** Of a direct reservation; an order's is that of its kind. */
      channel?: Channel;
    };
  /** No location could hold every line; `short` is what the best candidate lacked. Nothing is held. */
  StockReservationRefused: Sourced & {
    reservationId: string;
    demand: Demand;
    reason: 'out-of-stock';
    short: { sku: string; requested: number; available: number }[];
  };
  /** A place could not give what it held, and others hold that now: all in one step. The goods are all that are held, as they now are. */
  StockReservationMoved: Sourced &
    HeldGoods & {
      reservationId: string;
      demand: Demand;
      distanceKm: number;
      /** The place that could not, which is not asked again for this reservation. */
      from: string;
      reason: MoveReason;
      /** What `from` holds no more. */
      released: StockLine[];
      /** What is held instead. */
      reserved: Parcel[];
    };
  /** The lines are held until then, and not longer. Comes with a reservation that is not for ever, and with each extension. */
  StockReservationExpirySet: {
    reservationId: string;
    /** UTC, ISO 8601. */
    expiresAt: string;
  };
  /** The lines are held until they leave or are let go: no end of time any more. */
  StockReservationCommitted: { reservationId: string };
  /** Nobody extended or committed it in time: the lines are free again. */
  StockReservationExpired: HeldGoods & { reservationId: string };
  /** The lines are free again. */
  StockReservationReleased: HeldGoods & {
    reservationId: string;
    /** The order that holds the goods now instead. */
    takenOverBy?: string;
  };
  /** One of several parcels left its location; the others are still held. */
  StockReservationParcelShipped: Parcel & { reservationId: string };
  /** The lines left, or those that had not left before. */
  StockReservationShipped: HeldGoods & { reservationId: string };
}
