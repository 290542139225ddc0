import type { ReservationEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { allocationOf } from './order';
import { RecordAllocation } from './record-allocation';
import { RecordRelocation } from './record-relocation';
import { RejectOrder } from './reject-order';

type Shortage = ReservationEvents['StockReservationRefused']['short'];

/** An order goes on when inventory holds its goods, follows them where they go, and ends when nobody has them. */
export const allocationsDecideOrders = processOf<ReservationEvents>()({
  name: 'allocations-decide-orders',
  sources: ['inventory'],
  on: {
    StockReservationMade: ({ data: { reservationId: orderId, demand, ...held } }) =>
      demand === 'online-order' ? [Object.assign(new RecordAllocation(), { orderId, ...allocationOf(held) })] : [],
    StockReservationMoved: ({ data: { reservationId: orderId, demand, ...held } }) =>
      demand === 'online-order' ? [Object.assign(new RecordRelocation(), { orderId, ...allocationOf(held) })] : [],
    StockReservationRefused: ({ data: { reservationId: orderId, demand, reason, short } }) =>
      demand === 'online-order' ? [Object.assign(new RejectOrder(), { orderId, reason, detail: inWords(short) })] : [],
  },
});

const MAX_NAMED = 3;

/** An order may have two thousand lines; the first few that are short are enough to know. */
function inWords(short: Shortage): string {
  const named = short.slice(0, MAX_NAMED).map(({ sku, requested, available }) => `${sku}: ${available} of ${requested}`);
  const more = short.length > MAX_NAMED ? ` and ${short.length - MAX_NAMED} more` : '';
  return `No place has everything; the nearest to it has ${named.join(', ')}${more}.`;
}
