import type { StockLine } from './values';

/** Whose goods a reservation holds. */
export type Demand = 'online-order' | 'supply-order';

/** Stream `reservation:<order id>` of `inventory`: an order's lines at one location, all or nothing. */
export interface ReservationEvents {
  /** Every line is held at `location`; `distanceKm` is the great-circle way to the customer, in whole kilometers. */
  StockReservationMade: {
    reservationId: string;
    demand: Demand;
    location: string;
    lines: StockLine[];
    distanceKm: number;
  };
  /** No location could hold every line; `short` is what the best candidate lacked. Nothing is held. */
  StockReservationRefused: {
    reservationId: string;
    demand: Demand;
    reason: 'out-of-stock';
    short: { sku: string; requested: number; available: number }[];
  };
  /** The lines are free again. */
  StockReservationReleased: { reservationId: string; location: string; lines: StockLine[] };
  /** The lines left the location. */
  StockReservationShipped: { reservationId: string; location: string; lines: StockLine[] };
}
