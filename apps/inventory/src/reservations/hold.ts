import type { Demand, StockLine } from '#libs/contracts';
import { to, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { available, moveEach, stock, stockId } from '../stock/stock';
import { reservation, type Shortage } from './reservation';
import type { Candidate } from './sourcing';

/** The lines that a place cannot fill now, by its stock streams; nothing when it can fill the whole order. */
export function shortAt(location: string, lines: readonly StockLine[], stateOf: StateOf): Shortage {
  return lines
    .map(({ sku, quantity }) => ({ sku, requested: quantity, available: available(stateOf(stock, stockId(sku, location))) }))
    .filter((line) => line.available < line.requested)
    .map((line) => ({ ...line, available: Math.max(0, line.available) }));
}

/** Holds every line at one place: the promise, and its share in each stock. */
export function hold(order: { orderId: string; demand: Demand; lines: StockLine[] }, at: Candidate): StreamEvents[] {
  const { orderId: reservationId, demand, lines } = order;
  return [
    to(reservation, reservationId, {
      type: 'StockReservationMade',
      // Exact ways from three places would tell where the customer lives, which is sealed.
      data: { reservationId, demand, location: at.location, lines, distanceKm: Math.round(at.distanceKm) },
    }),
    ...moveEach(at.location, lines, (line) => ({ type: 'StockReserved', data: { ...line, reservationId } })),
  ];
}
