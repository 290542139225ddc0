import { applied, given, givenStreams, reactions, recorded, type History } from '#libs/eventsourcing/testing';
import type { EventOf } from '#libs/eventsourcing/vocabulary';
import type { SupplyOrderEvents } from '#libs/contracts';
import type { Listed, Listing } from '../catalog/product';
import { shop } from '../shops/shop';
import { AcceptSupplyOrder, acceptSupplyOrder } from './accept-supply-order';
import { allocationDecides } from './allocation.process';
import { ReceiveSupplyOrder, receiveSupplyOrder } from './receive-supply-order';
import { RejectSupplyOrder, rejectSupplyOrder } from './reject-supply-order';
import { ShipSupplyOrder, shipSupplyOrder } from './ship-supply-order';
import { SubmitSupplyOrder, submitSupplyOrder } from './submit-supply-order';
import { supplyOrder } from './supply-order';
import { supplyOrderView } from './supply-order.view';

const cny = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });
const product = (sku: string, more: Partial<Listed> = {}): [string, Listed] => [
  sku,
  { sku, name: sku, kind: 'merchandise', price: cny(500), ...more },
];
const listing: Listing = new Map([
  product('TEA'),
  product('POST', { kind: 'service' }),
  product('MUG', { price: { amountMinor: 300, currency: 'GBP' } }),
]);
const wang: History = [
  shop,
  'auntie-wang',
  { type: 'ShopRegistered', data: { shop: 'auntie-wang', name: 'Auntie Wang', latitude: 30.25, longitude: 120.16 } },
];
interface Line {
  sku: string;
  quantity: number;
  unitPrice?: { amountMinor: number; currency: string; baseQuantity?: number };
}
const submit = (...lines: Line[]): SubmitSupplyOrder =>
  Object.assign(new SubmitSupplyOrder(), { supplyOrderId: 'so1', shop: 'auntie-wang', currency: 'CNY', lines });
const facts = {
  shop: 'auntie-wang',
  lines: [
    { sku: 'TEA', quantity: 24, unitPrice: cny(500), amountMinor: 12_000, stocked: true },
    { sku: 'POST', quantity: 1, unitPrice: cny(500), amountMinor: 500, stocked: false },
    { sku: 'TEA', quantity: 12, unitPrice: cny(500), amountMinor: 6000, stocked: true },
  ],
  totals: { lines: 3, units: 37, amountMinor: 18_500, currency: 'CNY' },
};
type Event = EventOf<SupplyOrderEvents>;
const goods = [{ sku: 'TEA', quantity: 36 }];
const id = { supplyOrderId: 'so1' };
const submitted: Event = {
  type: 'SupplyOrderSubmitted',
  data: { ...id, ...facts, deliverTo: { latitude: 30.25, longitude: 120.16 } },
};
const accepted: Event = { type: 'SupplyOrderAccepted', data: { ...id, ...facts, location: 'hz-dc' } };
const rejected: Event = {
  type: 'SupplyOrderRejected',
  data: { ...id, shop: 'auntie-wang', reason: 'out-of-stock', detail: 'TEA: 36 ordered, 3 available' },
};
const shipped: Event = { type: 'SupplyOrderShipped', data: { ...id, shop: 'auntie-wang', location: 'hz-dc', lines: goods } };
const received: Event = { type: 'SupplyOrderReceived', data: { ...id, shop: 'auntie-wang', lines: goods } };

describe('submitting a supply order', () => {
  const order = submit({ sku: 'TEA', quantity: 24 }, { sku: 'POST', quantity: 1 }, { sku: 'TEA', quantity: 12 });
  const context = { given: listing };

  it('fixes prices, tells goods from services, and delivers to where the shop is', () => {
    givenStreams(wang)
      .when(submitSupplyOrder, order, context)
      .then({ stream: 'supply-order:so1', events: [submitted] });
  });

  it('takes the price that was agreed before that of the list', () => {
    const unitPrice = { ...cny(42), baseQuantity: 10 };
    const line = { sku: 'TEA', quantity: 12, unitPrice, amountMinor: 50, stocked: true };
    givenStreams(wang)
      .when(submitSupplyOrder, submit({ sku: 'TEA', quantity: 12, unitPrice }), context)
      .then({
        stream: 'supply-order:so1',
        events: [
          {
            type: 'SupplyOrderSubmitted',
            data: {
              ...{ supplyOrderId: 'so1', shop: 'auntie-wang', lines: [line], deliverTo: { latitude: 30.25, longitude: 120.16 } },
              totals: { lines: 1, units: 12, amountMinor: 50, currency: 'CNY' },
            },
          },
        ],
      });
  });

  it('has nothing to say the second time', () => {
    givenStreams(wang, [supplyOrder, 'so1', submitted]).when(submitSupplyOrder, order, context).thenNothing();
  });

  it('needs a shop', () => {
    givenStreams().when(submitSupplyOrder, order, context).thenRefused('unknown-shop');
  });

  it.each([
    ['unknown-sku', { sku: 'GHOST', quantity: 1, unitPrice: cny(1) }],
    ['currency-mismatch', { sku: 'MUG', quantity: 1 }],
    ['currency-mismatch', { sku: 'TEA', quantity: 1, unitPrice: { amountMinor: 1, currency: 'GBP' } }],
  ])('is refused: %s', (code, line) => {
    givenStreams(wang).when(submitSupplyOrder, submit(line), context).thenRefused(code);
  });

  it('is refused when it is more than can be counted', () => {
    const line = { sku: 'TEA', quantity: 1_000_000, unitPrice: cny(1_000_000_000) };
    givenStreams(wang)
      .when(submitSupplyOrder, submit(...Array.from({ length: 10 }, () => line)), context)
      .thenRefused('amount-too-large');
  });
});

describe('the goods of a supply order', () => {
  const accept = Object.assign(new AcceptSupplyOrder(), { ...id, location: 'hz-dc' });
  const reject = Object.assign(new RejectSupplyOrder(), { ...id, detail: 'TEA: 36 ordered, 3 available' });

  it('were found: the order is accepted', () => {
    given(supplyOrder, submitted).when(acceptSupplyOrder, accept).then(accepted);
  });

  it('were not found: the order is rejected, and says what is short', () => {
    given(supplyOrder, submitted).when(rejectSupplyOrder, reject).then(rejected);
  });

  it.each([[[]], [[submitted, accepted]], [[submitted, rejected]], [[submitted, accepted, shipped]]])(
    'decide a pending order only: %j',
    (history) => {
      given(supplyOrder, ...history)
        .when(acceptSupplyOrder, accept)
        .thenNothing();
      given(supplyOrder, ...history)
        .when(rejectSupplyOrder, reject)
        .thenNothing();
    },
  );

  it('are inventory’s to find, for supply orders alone', () => {
    const say = (type: string, demand: string, short: object[] = []): object[] =>
      reactions(
        allocationDecides,
        recorded('inventory', 'reservation:so1', type, { reservationId: 'so1', demand, location: 'hz-dc', short }),
      );
    expect(say('StockReservationMade', 'supply-order')).toEqual([accept]);
    expect(say('StockReservationMade', 'online-order')).toEqual([]);
    expect(say('StockReservationRefused', 'supply-order', [{ sku: 'TEA', requested: 36, available: 3 }])).toEqual([reject]);
    expect(say('StockReservationRefused', 'online-order')).toEqual([]);
  });

  it('are named when they are short, the first five of them', () => {
    const short = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((sku) => ({ sku, requested: 2, available: 0 }));
    const say = (lacking: object[]): unknown =>
      reactions(
        allocationDecides,
        recorded('inventory', 'reservation:so1', 'StockReservationRefused', {
          reservationId: 'so1',
          demand: 'supply-order',
          short: lacking,
        }),
      )[0];
    expect(say(short)).toMatchObject({ detail: expect.stringMatching(/^A: 2 ordered, 0 available; .*; and 2 more$/) as string });
    expect(say([])).toMatchObject({ detail: 'No location can deliver to shops.' });
  });
});

describe('shipping a supply order', () => {
  const ship = Object.assign(new ShipSupplyOrder(), id);

  it('sends the goods, one line per SKU and no services', () => {
    given(supplyOrder, submitted, accepted).when(shipSupplyOrder, ship).then(shipped);
  });

  it.each([[[shipped]], [[shipped, received]]])('has nothing to say when they have left', (history) => {
    given(supplyOrder, submitted, accepted, ...history)
      .when(shipSupplyOrder, ship)
      .thenNothing();
  });

  it('needs an accepted order', () => {
    given(supplyOrder).when(shipSupplyOrder, ship).thenRefused('unknown-supply-order');
    given(supplyOrder, submitted).when(shipSupplyOrder, ship).thenRefused('supply-order-not-accepted');
    given(supplyOrder, submitted, rejected).when(shipSupplyOrder, ship).thenRefused('supply-order-not-accepted');
  });
});

describe('receiving a supply order', () => {
  const onItsWay = [submitted, accepted, shipped];
  const receive = (...lines: Line[]): ReceiveSupplyOrder =>
    Object.assign(new ReceiveSupplyOrder(), id, lines.length > 0 ? { lines } : {});

  it('counts everything in that was shipped, unless it says otherwise', () => {
    given(supplyOrder, ...onItsWay)
      .when(receiveSupplyOrder, receive())
      .then(received);
  });

  it('counts less in when less arrived', () => {
    given(supplyOrder, ...onItsWay)
      .when(receiveSupplyOrder, receive({ sku: 'TEA', quantity: 20 }, { sku: 'TEA', quantity: 10 }))
      .then({ type: 'SupplyOrderReceived', data: { ...received.data, lines: [{ sku: 'TEA', quantity: 30 }] } });
  });

  it('takes no more in than was shipped', () => {
    const refuse = (...lines: Line[]): void =>
      given(supplyOrder, ...onItsWay)
        .when(receiveSupplyOrder, receive(...lines))
        .thenRefused('more-than-shipped');
    refuse({ sku: 'TEA', quantity: 37 });
    refuse({ sku: 'MUG', quantity: 1 });
    refuse({ sku: 'POST', quantity: 1 });
  });

  it('has nothing to say when the same was counted before, and is refused with another count', () => {
    given(supplyOrder, ...onItsWay, received)
      .when(receiveSupplyOrder, receive({ sku: 'TEA', quantity: 36 }))
      .thenNothing();
    given(supplyOrder, ...onItsWay, received)
      .when(receiveSupplyOrder, receive({ sku: 'TEA', quantity: 35 }))
      .thenRefused('supply-order-already-received');
  });

  it('needs an order that is on its way', () => {
    given(supplyOrder).when(receiveSupplyOrder, receive()).thenRefused('unknown-supply-order');
    given(supplyOrder, submitted, accepted).when(receiveSupplyOrder, receive()).thenRefused('supply-order-not-shipped');
    given(supplyOrder, submitted, rejected).when(receiveSupplyOrder, receive()).thenRefused('supply-order-not-shipped');
  });
});

describe('the list of supply orders', () => {
  const event = ({ type, data }: Event): ReturnType<typeof recorded> =>
    recorded('lingshoutong', 'supply-order:so1', type, data, { happenedAt: '2026-01-01T00:00:00.000Z' });
  const rowAfter = (...events: Event[]): object | undefined => [...applied(supplyOrderView, ...events.map(event)).values()][0];

  it('shows what was ordered, and how far it has come', () => {
    expect(rowAfter(submitted)).toEqual({
      ...{ id: 'so1', shop: 'auntie-wang', status: 'pending', location: null, submittedAt: '2026-01-01T00:00:00.000Z' },
      ...{ lines: 3, units: 37, totalMinor: 18_500, currency: 'CNY' },
    });
    expect(rowAfter(submitted, rejected)).toMatchObject({ status: 'rejected', location: null });
    expect(rowAfter(submitted, accepted)).toMatchObject({ status: 'accepted', location: 'hz-dc' });
    expect(rowAfter(submitted, accepted, shipped)).toMatchObject({ status: 'shipped', location: 'hz-dc' });
    expect(rowAfter(submitted, accepted, shipped, received)).toMatchObject({ status: 'received', location: 'hz-dc' });
  });
});
