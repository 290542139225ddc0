import type { Delivery, GeoPoint, OrderEvents, Recipient, Sealed, TradeLine } from '#libs/contracts';
import type { EventOf } from '#libs/eventsourcing/vocabulary';

/** One order, event by event, for the specifications. */

export type OrderEvent = EventOf<OrderEvents>;

const line = (sku: string, quantity: number, amountMinor: number, stocked = true): TradeLine => ({
  ...{ sku, quantity, stocked },
  unitPrice: { amountMinor, currency: 'CNY' },
  amountMinor: quantity * amountMinor,
});

/** The same SKU twice, at two prices, as real books have it. */
export const lines = [line('TEA', 2, 8800), line('POST', 1, 1000, false), line('TEA', 1, 8000)];
export const totals = { lines: 3, units: 4, amountMinor: 26_600, currency: 'CNY' };
export const about = { orderId: 'o1', customer: 'Li Na' };
/** Rules hand on what is sealed, whatever it says. */
export const delivery: Delivery = {
  deliverTo: 'sealed:v1:key-of-li-na-0001:a-place' as Sealed<GeoPoint>,
  recipient: 'sealed:v1:key-of-li-na-0001:a-name' as Sealed<Recipient>,
};
export const paymentToken = 'sealed:v1:key-of-li-na-0001:a-token' as Sealed<string>;
export const revealed = { deliverTo: { latitude: 30.25, longitude: 120.16 }, recipient: { name: 'Li Na' } };
const shipment = { ...about, shipmentId: 'o1' };

export const placed: OrderEvent = {
  type: 'OrderPlaced',
  data: { ...about, lines, totals, ...delivery, paymentToken, placedAt: '2026-01-02T03:04:05.678Z' },
};
export const allocated: OrderEvent = {
  type: 'OrderAllocated',
  data: { ...about, location: 'hz-dc', totals, paymentToken },
};
export const confirmed: OrderEvent = {
  type: 'OrderConfirmed',
  data: { ...about, location: 'hz-dc', lines, totals, ...delivery, paymentId: 'o1' },
};
export const outOfStock: OrderEvent = {
  type: 'OrderRejected',
  data: { ...about, reason: 'out-of-stock', detail: 'No place has everything.' },
};
export const paymentDeclined: OrderEvent = {
  type: 'OrderRejected',
  data: { ...about, reason: 'payment-declined', detail: 'No money.' },
};
export const requested: OrderEvent = { type: 'OrderCancellationRequested', data: { ...about, reason: 'too many' } };
export const declined: OrderEvent = { type: 'OrderCancellationDeclined', data: { ...about, reason: 'already-shipped' } };
export const cancelledAtOnce: OrderEvent = {
  type: 'OrderCancelled',
  data: { ...about, reason: 'too many', wasConfirmed: false, totals },
};
export const cancelledLater: OrderEvent = {
  type: 'OrderCancelled',
  data: { ...about, reason: 'too many', wasConfirmed: true, totals },
};
export const shipped: OrderEvent = { type: 'OrderShipped', data: shipment };
export const paid: OrderEvent = {
  type: 'OrderPaid',
  data: { ...about, paymentId: 'o1', amountMinor: 26_600, currency: 'CNY' },
};
export const delivered: OrderEvent = { type: 'OrderDelivered', data: shipment };

/** Where an order can stand, and how it came there. */
export const STANDS = {
  nowhere: [],
  pending: [placed],
  allocated: [placed, allocated],
  'out of stock': [placed, outOfStock],
  'not paid': [placed, allocated, paymentDeclined],
  confirmed: [placed, allocated, confirmed],
  'to be cancelled': [placed, allocated, confirmed, requested],
  'cancelled at once': [placed, cancelledAtOnce],
  'cancelled when allocated': [placed, allocated, cancelledAtOnce],
  'cancelled when confirmed': [placed, allocated, confirmed, requested, cancelledLater],
  shipped: [placed, allocated, confirmed, shipped],
  'shipped, to be cancelled': [placed, allocated, confirmed, requested, shipped],
  'shipped, not cancelled': [placed, allocated, confirmed, requested, shipped, declined],
  'paid before the news that it left': [placed, allocated, confirmed, paid],
  'shipped and paid': [placed, allocated, confirmed, shipped, paid],
  delivered: [placed, allocated, confirmed, shipped, paid, delivered],
} satisfies Record<string, OrderEvent[]>;

export type Stand = keyof typeof STANDS;

/** All stands but these. */
export function standsExcept(...known: Stand[]): Stand[] {
  return (Object.keys(STANDS) as Stand[]).filter((stand) => !known.includes(stand));
}
