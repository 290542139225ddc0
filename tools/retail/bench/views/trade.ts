import type {
  DocumentTotals,
  GeoPoint,
  OrderEvents,
  PaymentEvents,
  Sealed,
  ShipmentEvents,
  StockEvents,
  TradeLine,
} from '#libs/contracts';
import type { CommandBinding } from '#libs/eventsourcing';
import type { AnyEvent, EventOf } from '#libs/eventsourcing/vocabulary';
import { placeOf, PLACES, PRODUCTS, seeded, skuOf } from '../checkout/orders';

/** Makes a service say what it is told to say. */
export class Utter {
  category = '';
  id = '';
  event: AnyEvent = { type: '', data: {} };
}

export const utters: CommandBinding = {
  command: Utter,
  streams: (command) => {
    const { category, id } = command as Utter;
    return [{ aggregate: { category, initial: undefined, evolve: {} }, id }];
  },
  decide: (command) => {
    const { category, id, event } = command as Utter;
    return [{ stream: `${category}:${id}`, events: [event] }];
  },
};

/** What the services say of one order that goes well, up to its confirmation: stream by stream, in order. */
export interface Said {
  service: 'inventory' | 'storefront' | 'payment' | 'fulfillment';
  category: string;
  id: string;
  events: AnyEvent[];
}

/** How many events that is: two of stock, three of the order, one of its payment, one of its shipment. */
export const EVENTS_PER_ORDER = 7;

/** The trade of so many orders of two lines each, the same for the same seed. */
export function* trade(orders: number, seed: number): Generator<Said> {
  const random = seeded(seed);
  for (let n = 0; n < orders; n++) yield* orderOf(`order-${n}`, random);
}

function orderOf(orderId: string, random: () => number): Said[] {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const location = placeOf(upTo(PLACES));
  const first = upTo(PRODUCTS);
  const lines = [first, (first + 1) % PRODUCTS].map((n) => lineOf(skuOf(n), 1 + upTo(3)));
  const order: Order = { orderId, customer: `customer-${upTo(10_000)}`, lines, totals: totals(lines), location };
  return [
    ...lines.map(({ sku, quantity }) => reserved({ sku, quantity, location }, orderId)),
    { service: 'storefront', category: 'order', id: orderId, events: online(order) },
    { service: 'payment', category: 'payment', id: orderId, events: [authorized(order)] },
    { service: 'fulfillment', category: 'shipment', id: orderId, events: [packed(order)] },
  ];
}

interface Order {
  orderId: string;
  customer: string;
  location: string;
  lines: TradeLine[];
  totals: DocumentTotals;
}

const CURRENCY = 'CNY';
/** As long as a sealed place is; nobody opens it here. */
const DELIVER_TO = `sealed:v1:${'A'.repeat(96)}` as Sealed<GeoPoint>;

function lineOf(sku: string, quantity: number): TradeLine {
  return { sku, quantity, unitPrice: { amountMinor: 500, currency: CURRENCY }, amountMinor: 500 * quantity, stocked: true };
}

function totals(lines: readonly TradeLine[]): DocumentTotals {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return { lines: lines.length, units, amountMinor: 500 * units, currency: CURRENCY };
}

function reserved(at: { sku: string; quantity: number; location: string }, reservationId: string): Said {
  const event: EventOf<StockEvents> = { type: 'StockReserved', data: { ...at, reservationId } };
  return { service: 'inventory', category: 'stock', id: `${at.sku}@${at.location}`, events: [event] };
}

function online({ orderId, customer, location, lines, totals: sum }: Order): EventOf<OrderEvents>[] {
  const placedAt = '2026-01-02T03:04:05.678Z';
  const who = { orderId, customer };
  const goods = { lines, totals: sum, deliverTo: DELIVER_TO };
  return [
    { type: 'OrderPlaced', data: { ...who, ...goods, placedAt } },
    { type: 'OrderAllocated', data: { ...who, location, totals: sum } },
    { type: 'OrderConfirmed', data: { ...who, ...goods, location, paymentId: orderId } },
  ];
}

function authorized({ orderId, customer, totals: { amountMinor } }: Order): EventOf<PaymentEvents> {
  const money = { amountMinor, currency: CURRENCY };
  return { type: 'PaymentAuthorized', data: { paymentId: orderId, orderId, customer, ...money, providerReference: orderId } };
}

function packed({ orderId, location, lines }: Order): EventOf<ShipmentEvents> {
  const goods = lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return { type: 'ShipmentCreated', data: { shipmentId: orderId, orderId, location, deliverTo: DELIVER_TO, lines: goods } };
}
