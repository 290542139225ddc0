import type { ReservationEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { AcceptSupplyOrder } from './accept-supply-order';
import { RejectSupplyOrder } from './reject-supply-order';
import { RelocateSupplyOrder } from './relocate-supply-order';

type Shortage = ReservationEvents['StockReservationRefused']['short'];

const NAMED = 5;

/** Inventory holds the goods of a supply order, or cannot: that decides it. */
export const allocationDecides = processOf<ReservationEvents>()({
  name: 'allocation-decides',
  sources: ['inventory'],
  on: {
    StockReservationMade: ({ data: { reservationId: supplyOrderId, demand, location } }) =>
      demand === 'supply-order' ? [Object.assign(new AcceptSupplyOrder(), { supplyOrderId, location })] : [],
    StockReservationMoved: ({ data: { reservationId: supplyOrderId, demand, location } }) =>
      demand === 'supply-order' ? [Object.assign(new RelocateSupplyOrder(), { supplyOrderId, location })] : [],
    StockReservationRefused: ({ data: { reservationId: supplyOrderId, demand, short } }) =>
      demand === 'supply-order' ? [Object.assign(new RejectSupplyOrder(), { supplyOrderId, detail: describe(short) })] : [],
  },
});

/** `85123A: 12 ordered, 3 available; …`, at most five SKUs by name. */
function describe(short: Shortage): string {
  if (short.length === 0) return 'No location can deliver to shops.';
  const named = short
    .slice(0, NAMED)
    .map(({ sku, requested, available }) => `${sku}: ${requested} ordered, ${available} available`);
  const rest = short.length - named.length;
  return named.join('; ') + (rest > 0 ? `; and ${rest} more` : '');
}
