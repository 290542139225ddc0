import { eventHash, laneOf } from '#libs/eventsourcing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { LOG_SERVICES, type LogService } from '#libs/contracts';
import type { Heads } from '../../system/at-rest';
import type { Views } from '../views';
import { fact, type Fact } from './fact';
import { PURCHASE, TRANSFER } from './moved-goods';

const LANES = 8;
const GBP = 'GBP';

const tea = (quantity: number) => ({
  ...{ sku: 'tea', quantity, unitPrice: { amountMinor: 500, currency: GBP } },
  ...{ amountMinor: 500 * quantity, stocked: true },
});
const post = { sku: 'POST', quantity: 1, unitPrice: { amountMinor: 250, currency: GBP }, amountMinor: 250, stocked: false };
const totals = (units: number, amountMinor: number, lines = 1) => ({ lines, units, amountMinor, currency: GBP });

const moved = (type: string, quantity: number, by: object, location = 'dc'): Fact =>
  fact('inventory', `stock:tea@${location}`, type, { sku: 'tea', location, quantity, ...by });
const receipt = (receiptId: string, quantity: number, location = 'dc'): Fact[] => [
  fact('inventory', `receipt:${receiptId}`, 'GoodsReceived', { receiptId, location, lines: [{ sku: 'tea', quantity }] }),
  moved('StockReceived', quantity, { receiptId }, location),
];
/** The till's quota gives both units of a promise. */
const TILL_DRAWS = { draws: [{ channel: 'hema', quantity: 2 }] };
const reservation = (type: string, reservationId: string, movement: string, ...[more, draws]: object[]): Fact[] => [
  fact('inventory', `reservation:${reservationId}`, type, {
    reservationId,
    location: 'dc',
    lines: [{ sku: 'tea', quantity: 2 }],
    ...more,
  }),
  moved(movement, 2, { reservationId, ...draws }),
];
const order = (orderId: string, type: string, data: object = {}): Fact =>
  fact('storefront', `order:${orderId}`, type, { orderId, customer: 'Li Na', ...data });
const payment = (orderId: string, type: string): Fact =>
  fact('payment', `payment:${orderId}`, type, { orderId, amountMinor: 1250, currency: GBP });

const deliverTo = 'sealed:v1:key-of-li-na-0001:a-place';

const placed = (orderId: string): Fact[] => [
  order(orderId, 'OrderPlaced', { lines: [tea(2), post], totals: totals(3, 1250, 2), deliverTo }),
  ...reservation('StockReservationMade', orderId, 'StockReserved'),
  order(orderId, 'OrderAllocated'),
];
const confirmed = (orderId: string): Fact[] => [
  ...placed(orderId),
  payment(orderId, 'PaymentAuthorized'),
  order(orderId, 'OrderConfirmed', { totals: totals(3, 1250, 2) }),
];
const released = (orderId: string): Fact[] => reservation('StockReservationReleased', orderId, 'StockReleased');
const supply = (type: string, data: object = {}): Fact =>
  fact('lingshoutong', 'supply-order:so', type, { supplyOrderId: 'so', shop: 'shop-7', lines: [tea(2)], ...data });
const parcel = (type: string): Fact => fact('fulfillment', 'shipment:o1', type, { orderId: 'o1', location: 'dc' });

/**
 * A small day: o1 is delivered, o2 declined, o3 called off, o4 confirmed; a shop restocks, a till sells and takes back, somebody
 * returns a parcel, a count is corrected, a till's customer has goods put aside and does not come, coffee is
 * bought and goes from one place to another, a debt is written off.
 */
export const SMALL_TRADE: readonly Fact[] = [
  ...receipt('r1', 100),
  ...receipt('r2', 10, 'soho'),
  ...confirmed('o1'),
  parcel('ShipmentCreated'),
  parcel('ShipmentShipped'),
  ...reservation('StockReservationShipped', 'o1', 'StockShipped'),
  payment('o1', 'PaymentCaptured'),
  order('o1', 'OrderShipped'),
  parcel('ShipmentDelivered'),
  order('o1', 'OrderDelivered'),
  ...placed('o2'),
  payment('o2', 'PaymentDeclined'),
  order('o2', 'OrderRejected', { reason: 'payment-declined' }),
  ...released('o2'),
  ...confirmed('o3'),
  order('o3', 'OrderCancellationRequested'),
  order('o3', 'OrderCancelled', { wasConfirmed: true, totals: totals(3, 1250, 2) }),
  ...released('o3'),
  payment('o3', 'PaymentVoided'),
  ...confirmed('o4'),
  supply('SupplyOrderSubmitted', { totals: totals(2, 1000) }),
  ...reservation('StockReservationMade', 'so', 'StockReserved'),
  supply('SupplyOrderAccepted', { totals: totals(2, 1000) }),
  supply('SupplyOrderShipped'),
  ...reservation('StockReservationShipped', 'so', 'StockShipped'),
  supply('SupplyOrderReceived'),
  ...receipt('so', 2, 'shop-7'),
  fact('hema', 'shift:s1', 'SaleRecorded', { saleId: 's1', store: 'soho', lines: [tea(3), post], totals: totals(4, 1750, 2) }),
  moved('StockSold', 3, { saleId: 's1' }, 'soho'),
  fact('hema', 'shift:s1', 'SaleReturnRecorded', { returnId: 'b1', store: 'soho', lines: [tea(1)], totals: totals(-1, -500) }),
  moved('StockReturned', 1, { returnId: 'b1' }, 'soho'),
  fact('storefront', 'return:r9', 'ReturnAccepted', {
    returnId: 'r9',
    location: 'dc',
    lines: [tea(1)],
    totals: totals(-1, -500),
  }),
  moved('StockReturned', 1, { returnId: 'r9' }),
  fact('inventory', 'adjustment:a1', 'StockAdjustmentRecorded', {
    ...{ adjustmentId: 'a1', location: 'dc' },
    lines: [
      { sku: 'tea', quantity: -5, reason: 'damaged', stocked: true },
      { sku: 'POST', quantity: -1, reason: 'lost', stocked: false },
    ],
  }),
  moved('StockAdjusted', -5, { adjustmentId: 'a1', reason: 'damaged' }),
  moved('StockPromisePolicySet', 0, { scope: 'place', safetyStock: 5, quotas: [{ channel: 'hema', units: 2 }] }),
  ...reservation('StockReservationMade', 'h1', 'StockReserved', { demand: 'direct' }, TILL_DRAWS),
  fact('inventory', 'reservation:h1', 'StockReservationExpirySet', {
    reservationId: 'h1',
    expiresAt: '2026-01-01T00:00:00.000Z',
  }),
  ...reservation('StockReservationExpired', 'h1', 'StockReleased', {}, TILL_DRAWS),
  ...PURCHASE,
  ...TRANSFER,
  fact('payment', 'ledger:l1', 'LedgerAdjusted', { adjustmentId: 'l1', totals: totals(1, -9900) }),
];

const kind = (documents: number, lines: number, units: number, minor: number) => ({ documents, lines, units, minor });

/** What the unified view shows of that day. */
export const SMALL_VIEWS: Views = {
  stock: [
    { sku: 'tea', location: 'dc', onHand: 92, reserved: 2, inTransit: 0, quarantined: 0, netChange: -8 },
    { sku: 'tea', location: 'shop-7', onHand: 2, reserved: 0, inTransit: 0, quarantined: 0, netChange: 0 },
    { sku: 'tea', location: 'soho', onHand: 8, reserved: 0, inTransit: 0, quarantined: 0, netChange: -2 },
    { sku: 'coffee', location: 'dc', onHand: 4, reserved: 0, inTransit: 0, quarantined: 0, netChange: 0 },
    { sku: 'coffee', location: 'soho', onHand: 3, reserved: 0, inTransit: 2, quarantined: 0, netChange: -1 },
  ],
  stockSummary: { skus: 2, onHand: 109, reserved: 2, inTransit: 2, quarantined: 0, netChange: -11 },
  sales: [
    {
      ...{ currency: GBP, netMinor: -5650 },
      byKind: {
        'storefront-order': kind(2, 4, 6, 2500),
        'storefront-return': kind(1, 1, -1, -500),
        'hema-sale': kind(1, 2, 4, 1750),
        'hema-return': kind(1, 1, -1, -500),
        'lingshoutong-order': kind(1, 1, 2, 1000),
        'stock-adjustment': kind(1, 2, -6, 0),
        'ledger-adjustment': kind(1, 1, 1, -9900),
      },
    },
  ],
  orders: [
    { id: 'o1', status: 'delivered', totalMinor: 1250 },
    { id: 'o2', status: 'rejected', totalMinor: 1250 },
    { id: 'o3', status: 'cancelled', totalMinor: 1250 },
    { id: 'o4', status: 'confirmed', totalMinor: 1250 },
    { id: 'so', status: 'received', totalMinor: 1000 },
    { id: 's1', status: 'completed', totalMinor: 1750 },
    { id: 'b1', status: 'completed', totalMinor: -500 },
    { id: 'r9', status: 'accepted', totalMinor: -500 },
  ],
};

/** The logs that take these facts, in this order. */
export function logged(facts: readonly Fact[]): RecordedEvent[] {
  const ends = new Map<string, { position: number; hash: string }>();
  const versions = new Map<string, number>();
  return facts.map(({ source, stream, type, data }, n) => {
    const lane = laneOf(stream, LANES);
    const end = ends.get(`${source} ${lane}`) ?? { position: 0, hash: '' };
    const version = (versions.get(`${source} ${stream}`) ?? 0) + 1;
    const at = new Date(Date.UTC(2026, 0, 2) + n).toISOString();
    const place = { source, lane, position: end.position + 1, stream, version, type, schemaVersion: 1 };
    const event = { ...place, data, happenedAt: at, recordedAt: at, commandId: `command-${n}`, by: 'test', hash: '' };
    const hash = eventHash(end.hash, event);
    ends.set(`${source} ${lane}`, { position: place.position, hash });
    versions.set(`${source} ${stream}`, version);
    return { ...event, hash };
  });
}

/** The last position of every lane that these events leave. */
export function headsOf(events: readonly RecordedEvent[]): Heads {
  const heads = new Map(LOG_SERVICES.map((service) => [service, Array.from({ length: LANES }, () => 0)]));
  for (const { source, lane, position } of events) {
    const positions = heads.get(source as LogService);
    if (positions) positions[lane] = Math.max(position, positions[lane] ?? 0);
  }
  return heads;
}
