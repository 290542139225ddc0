import type { Channel } from './promise.events';
import type { Sourced } from './sourcing.events';
import type { StockLine } from './values';

/** Whose goods a reservation holds: those of an order, or of nobody yet (`direct`: a cart, a quotation). */
export type Demand = 'online-order' | 'supply-order' | 'direct';

/** Stream `reservation:<id>` of `inventory`: goods that are held at one location, all or nothing; for an order, under its id. */
export interface ReservationEvents {
  /** Every line is held at `location`; `distanceKm` is the great-circle way to the customer, in whole kilometers. */
  StockReservationMade: Sourced & {
    reservationId: string;
    demand: Demand;
    location: string;
    lines: StockLine[];
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
  /** The lines are held until then, and not longer. Comes with a reservation that is not for ever, and with each extension. */
  StockReservationExpirySet: {
    reservationId: string;
    /** UTC, ISO 8601. */
    expiresAt: string;
  };
  /** The lines are held until they leave or are let go: no end of time any more. */
  StockReservationCommitted: { reservationId: string };
  /** Nobody extended or committed it in time: the lines are free again. */
  StockReservationExpired: { reservationId: string; location: string; lines: StockLine[] };
  /** The lines are free again. */
  StockReservationReleased: {
    reservationId: string;
    location: string;
    lines: StockLine[];
    /** The order that holds the goods now instead. */
    takenOverBy?: string;
  };
  /** The lines left the location. */
  StockReservationShipped: { reservationId: string; location: string; lines: StockLine[] };
}
