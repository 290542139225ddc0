import { applied, given, givenStreams, recorded, type History } from '#libs/eventsourcing/testing';
import type { AnyEvent } from '#libs/eventsourcing/vocabulary';
import { location } from '../locations/location';
import { CancelPurchaseOrder, cancelPurchaseOrder } from './cancel-purchase-order';
import { ChangePurchaseOrder, changePurchaseOrder } from './change-purchase-order';
import { PlacePurchaseOrder, placePurchaseOrder } from './place-purchase-order';
import { purchaseOrder } from './purchase-order';
import { purchaseOrderView } from './purchase-order.view';
import { ReceivePurchaseOrder, receivePurchaseOrder } from './receive-purchase-order';

const dc: History = [
  location,
  'dc',
  { type: 'LocationRegistered', data: { location: 'dc', name: 'DC', kind: 'warehouse', latitude: 30.3, longitude: 120.2 } },
];
const order = { purchaseOrderId: 'p1', location: 'dc' };
const expectedAt = '2026-04-01T00:00:00.000Z';
const line = (sku: string, quantity: number) => ({ sku, quantity });
const placed = {
  type: 'PurchaseOrderPlaced' as const,
  data: { ...order, supplier: 'roaster', lines: [line('tea', 100), line('milk', 5)], expectedAt },
};
const counted = (sku: string, expected: number, units: number) => ({ sku, expected, counted: units, variance: units - expected });
const received = (receiptId: string, ...lines: ReturnType<typeof counted>[]) => ({
  type: 'PurchaseOrderReceived' as const,
  data: { ...order, receiptId, lines },
});
const closed = (...lines: ReturnType<typeof line>[]) => ({ type: 'PurchaseOrderClosed' as const, data: { ...order, lines } });
const onOrder = (...events: AnyEvent[]) => ({ stream: 'purchase-order:p1', events });

describe('a purchase order', () => {
  const place = (changes: object = {}): PlacePurchaseOrder =>
    Object.assign(new PlacePurchaseOrder(), {
      ...{ ...order, supplier: 'roaster', expectedAt: '2026-04-01' },
      ...{ lines: [line('tea', 60), line('milk', 5), line('tea', 40)], ...changes },
    });

  it('says what is expected of whom, where and when; lines that repeat a SKU are added up', () => {
    givenStreams(dc).when(placePurchaseOrder, place()).then(onOrder(placed));
  });

  it('is for a place that is registered', () => {
    givenStreams().when(placePurchaseOrder, place()).thenRefused('unknown-location');
  });

  it('is placed once', () => {
    givenStreams(dc, [purchaseOrder, 'p1', placed]).when(placePurchaseOrder, place()).thenNothing();
  });
});

describe('a purchase order that is changed', () => {
  const change = (terms: object): ChangePurchaseOrder =>
    Object.assign(new ChangePurchaseOrder(), { purchaseOrderId: 'p1', ...terms });
  const now = (sku: string, quantity: number, outstanding = quantity) => ({ sku, quantity, outstanding });
  const changed = (lines: object[], at = expectedAt) => ({
    type: 'PurchaseOrderChanged' as const,
    data: { ...order, lines: lines as { sku: string; quantity: number; outstanding: number }[], expectedAt: at },
  });

  it('expects other quantities, other goods, or the same at another time', () => {
    const lines = [line('tea', 80), line('salt', 1)];
    given(purchaseOrder, placed)
      .when(changePurchaseOrder, change({ lines }))
      .then(changed([now('tea', 80), now('salt', 1), now('milk', 0)]));
    given(purchaseOrder, placed)
      .when(changePurchaseOrder, change({ expectedAt: '2026-05-01' }))
      .then(changed([now('tea', 100), now('milk', 5)], '2026-05-01T00:00:00.000Z'));
  });

  it('says nothing when it is so already', () => {
    const same = { lines: [line('milk', 5), line('tea', 100)], expectedAt: '2026-04-01' };
    given(purchaseOrder, placed).when(changePurchaseOrder, change(same)).thenNothing();
    given(purchaseOrder, placed).when(changePurchaseOrder, change({})).thenNothing();
  });

  it('expects what has not come yet, and is never for less than has come', () => {
    const partly = [placed, received('r1', counted('tea', 100, 70))];
    given(purchaseOrder, ...partly)
      .when(changePurchaseOrder, change({ lines: [line('tea', 90)] }))
      .then(changed([now('tea', 90, 20), now('milk', 0)]));
    given(purchaseOrder, ...partly)
      .when(changePurchaseOrder, change({ lines: [line('tea', 69)] }))
      .thenRefused('below-received');
    given(purchaseOrder, ...partly)
      .when(changePurchaseOrder, change({ lines: [line('milk', 5)] }))
      .thenRefused('below-received');
  });

  it('is one of which something is expected', () => {
    given(purchaseOrder, placed, closed()).when(changePurchaseOrder, change({})).thenRefused('purchase-order-closed');
    given(purchaseOrder).when(changePurchaseOrder, change({})).thenRefused('unknown-purchase-order');
    const all = changed([now('tea', 70, 0), now('milk', 0)]);
    given(purchaseOrder, placed, received('r1', counted('tea', 100, 70)), all)
      .when(changePurchaseOrder, change({}))
      .thenRefused('purchase-order-closed');
  });
});

describe('a delivery on a purchase order', () => {
  const receive = (lines: object[], more: object = {}): ReceivePurchaseOrder =>
    Object.assign(new ReceivePurchaseOrder(), { purchaseOrderId: 'p1', receiptId: 'r1', lines, ...more });
  const bookedIn = (...lines: ReturnType<typeof line>[]) => [
    {
      stream: 'receipt:r1',
      events: [{ type: 'GoodsReceived', data: { receiptId: 'r1', location: 'dc', lines, purchaseOrderId: 'p1' } }],
    },
    ...lines.map(({ sku, quantity }) => ({
      stream: `stock:${sku}@dc`,
      events: [{ type: 'StockReceived', data: { sku, location: 'dc', quantity, receiptId: 'r1' } }],
    })),
  ];
  const open: History = [purchaseOrder, 'p1', placed];

  it('is a receipt of what was counted, and says the variance', () => {
    givenStreams(open)
      .when(receivePurchaseOrder, receive([line('tea', 60), line('tea', 38), line('milk', 5)]))
      .then(
        onOrder(received('r1', counted('tea', 100, 98), counted('milk', 5, 5))),
        ...bookedIn(line('tea', 98), line('milk', 5)),
      );
  });

  it('may be a part: what was not in it is still expected', () => {
    givenStreams(open)
      .when(receivePurchaseOrder, receive([line('milk', 3)]))
      .then(onOrder(received('r1', counted('milk', 5, 3))), ...bookedIn(line('milk', 3)));
    givenStreams([purchaseOrder, 'p1', placed, received('r0', counted('tea', 100, 70))])
      .when(receivePurchaseOrder, receive([line('tea', 30)]))
      .then(onOrder(received('r1', counted('tea', 30, 30))), ...bookedIn(line('tea', 30)));
  });

  it('may be short: nothing more will come, also of what nobody counted', () => {
    const short = { type: 'PurchaseOrderClosed', data: { ...order, lines: [line('tea', 2), line('milk', 5)], reason: 'short' } };
    givenStreams(open)
      .when(receivePurchaseOrder, receive([line('tea', 98)], { closes: true }))
      .then(onOrder(received('r1', counted('tea', 100, 98), counted('milk', 5, 0)), short), ...bookedIn(line('tea', 98)));
  });

  it('may be over by a tenth, all deliveries together, and no more', () => {
    givenStreams(open)
      .when(receivePurchaseOrder, receive([line('tea', 110)]))
      .then(onOrder(received('r1', counted('tea', 100, 110))), ...bookedIn(line('tea', 110)));
    givenStreams(open)
      .when(receivePurchaseOrder, receive([line('tea', 111)]))
      .thenRefused('over-delivery');
    givenStreams(open)
      .when(receivePurchaseOrder, receive([line('milk', 6)]))
      .thenRefused('over-delivery');
    givenStreams([purchaseOrder, 'p1', placed, received('r0', counted('tea', 100, 105))])
      .when(receivePurchaseOrder, receive([line('tea', 6)]))
      .thenRefused('over-delivery');
  });

  it.each([
    ['not-ordered', [line('salt', 1)]],
    ['not-ordered', [line('salt', 0), line('tea', 1)]],
    ['nothing-received', [line('tea', 0)]],
  ])('is refused, %s, when it is of %j', (code, lines) => {
    givenStreams(open).when(receivePurchaseOrder, receive(lines)).thenRefused(code);
  });

  it.each([
    ['unknown-purchase-order', []],
    ['purchase-order-closed', [placed, closed(line('tea', 100), line('milk', 5))]],
    ['purchase-order-closed', [placed, received('r0', counted('tea', 100, 100), counted('milk', 5, 5))]],
  ])('is refused where nothing is expected: %s', (code, events) => {
    givenStreams([purchaseOrder, 'p1', ...events])
      .when(receivePurchaseOrder, receive([line('tea', 1)]))
      .thenRefused(code);
  });
});

describe('a purchase order that is called off', () => {
  const cancel = Object.assign(new CancelPurchaseOrder(), { purchaseOrderId: 'p1' });

  it('expects nothing more, and keeps what has come', () => {
    given(purchaseOrder, placed, received('r1', counted('tea', 100, 70)))
      .when(cancelPurchaseOrder, cancel)
      .then(closed(line('tea', 30), line('milk', 5)));
  });

  it('is called off once, and not when everything has come', () => {
    given(purchaseOrder, placed, closed()).when(cancelPurchaseOrder, cancel).thenRefused('purchase-order-closed');
    const all = received('r1', counted('tea', 100, 100), counted('milk', 5, 5));
    given(purchaseOrder, placed, all).when(cancelPurchaseOrder, cancel).thenRefused('purchase-order-closed');
    given(purchaseOrder).when(cancelPurchaseOrder, cancel).thenRefused('unknown-purchase-order');
  });
});

describe('the list of purchase orders', () => {
  const story = (...events: AnyEvent[]): object[] => {
    const told = events.map(({ type, data }) => recorded('inventory', 'purchase-order:p1', type, data));
    return told.map((_, n) => [...applied(purchaseOrderView, ...told.slice(0, n + 1)).values()][0]!);
  };

  it('has what was ordered, has come, is expected and was too much', () => {
    expect(
      story(placed, received('r1', counted('tea', 100, 106)), received('r2', counted('milk', 5, 2)), closed(line('milk', 3))),
    ).toMatchObject([
      { status: 'open', ordered: 105, received: 0, outstanding: 105, over: 0 },
      { status: 'open', received: 106, outstanding: 5, over: 6 },
      { status: 'open', received: 108, outstanding: 3 },
      { status: 'closed', received: 108, outstanding: 0 },
    ]);
    expect(story(placed, closed(line('tea', 100), line('milk', 5)))).toMatchObject([{}, { status: 'cancelled', outstanding: 0 }]);
    expect(story(placed, received('r1', counted('tea', 100, 100), counted('milk', 5, 5)))).toMatchObject([
      {},
      { status: 'received' },
    ]);
  });
});
