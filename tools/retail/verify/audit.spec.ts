import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { Audit } from './audit';
import type { Check } from './findings';
import type { Fact } from './testing/fact';
import { headsOf, logged, SMALL_TRADE, SMALL_VIEWS } from './testing/small-trade';
import type { Views } from './views';

const events = logged(SMALL_TRADE);
const copy = <T>(value: T): T => structuredClone(value);

function audited(log: readonly RecordedEvent[], views: Views = SMALL_VIEWS, heads = headsOf(log)): Check[] {
  const audit = new Audit(8);
  log.forEach((event) => audit.take(event));
  return audit.checks(heads, views);
}

/** Which checks fail, and what they say. */
function failures(log: readonly RecordedEvent[], views?: Views, heads?: ReturnType<typeof headsOf>): Record<string, string> {
  const failed = audited(log, views, heads).filter(({ ok }) => !ok);
  return Object.fromEntries(failed.map(({ name, violations }) => [name, violations.join('\n')]));
}

const indexOf = (type: string, id: string): number => {
  const index = SMALL_TRADE.findIndex((fact) => fact.type === type && JSON.stringify(fact).includes(`"${id}"`));
  expect(index).toBeGreaterThanOrEqual(0);
  return index;
};
/** A log that somebody wrote with these facts from the beginning, hashes and all. */
const without = (type: string, id: string): RecordedEvent[] => logged(SMALL_TRADE.toSpliced(indexOf(type, id), 1));
const twice = (type: string, id: string): RecordedEvent[] => {
  const index = indexOf(type, id);
  return logged(SMALL_TRADE.toSpliced(index, 0, SMALL_TRADE[index]!));
};
const otherwise = (type: string, id: string, data: object): RecordedEvent[] => {
  const index = indexOf(type, id);
  const fact = SMALL_TRADE[index]!;
  return logged(SMALL_TRADE.with(index, { ...fact, data: { ...fact.data, ...data } }));
};
const onlySubmitted = logged(SMALL_TRADE.filter(({ type }) => !/^SupplyOrder(Accepted|Shipped|Received)$/.test(type)));
const and = (...facts: Fact[]): RecordedEvent[] => logged([...SMALL_TRADE, ...facts]);

describe('a day that holds', () => {
  it('passes every check, and each looked at something', () => {
    const checks = audited(events);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      ...['log-density', 'stream-versions', 'hash-chain', 'stock-conservation', 'lots-conserved'],
      ...['stock-follows-documents', 'promises-kept-apart', 'views-equal-log', 'orders-settled-once', 'personal-data-sealed'],
    ]);
    expect(checks.every(({ checked }) => checked > 0)).toBe(true);
  });

  it('passes them whatever the order in which lanes are read', () => {
    const byLane = events.toSorted((a, b) => a.source.localeCompare(b.source) || a.lane - b.lane || a.position - b.position);
    expect(failures(byLane)).toEqual({});
    expect(failures(byLane.toSorted((a, b) => b.source.localeCompare(a.source)))).toEqual({});
  });
});

describe('log-density', () => {
  it('misses an event in the middle of a lane, and names its place', () => {
    const { source, lane } = events[indexOf('OrderPlaced', 'o1')]!;
    const first = events.find((event) => event.source === source && event.lane === lane)!;
    const found = failures(
      events.filter((event) => event !== first),
      SMALL_VIEWS,
      headsOf(events),
    );
    expect(found['log-density']).toContain(`${source} lane ${lane} position 2`);
  });

  it('misses the last event of a lane', () => {
    const last = events.at(-1)!;
    const found = failures(events.slice(0, -1), SMALL_VIEWS, headsOf(events));
    expect(found['log-density']).toContain(`${last.source} lane ${last.lane} ends at position ${last.position - 1}`);
  });

  it('knows a lane where a stream is not at home', () => {
    const strange = events.map((event) =>
      event.stream === 'ledger:l1' ? { ...event, lane: (event.lane + 1) % 8, position: 1 } : event,
    );
    expect(failures(strange)['log-density']).toContain('ledger:l1');
  });
});

describe('stream-versions', () => {
  it('finds a version that does not follow', () => {
    const index = indexOf('OrderConfirmed', 'o1');
    const found = failures(events.with(index, { ...events[index]!, version: 9 }));
    expect(found['stream-versions']).toContain('order:o1 version 9) should have version 3');
  });
});

describe('hash-chain', () => {
  it.each(['StockShipped', 'OrderPlaced', 'LedgerAdjusted'])('finds a %s that was changed after it was written', (type) => {
    const index = events.findIndex((event) => event.type === type);
    const doctored = copy(events[index]!);
    Object.assign(doctored.data as object, { quantity: 1, note: 'changed' });
    const { source, lane, position } = doctored;
    expect(failures(events.with(index, doctored))['hash-chain']).toBe(
      `${source} lane ${lane} position ${position} (${type}, ${doctored.stream} version ${doctored.version}) is not what its hash was made of`,
    );
  });

  it.each([
    ['time', { happenedAt: '2020-01-01T00:00:00.000Z' }],
    ['author', { by: 'somebody' }],
    ['type', { type: 'SomethingElse' }],
    ['stream', { stream: 'order:o7' }],
  ])('covers the %s of an event', (_what, change) => {
    const index = indexOf('OrderAllocated', 'o4');
    expect(failures(events.with(index, { ...events[index]!, ...change }))).toHaveProperty('hash-chain');
  });
});

describe('personal-data-sealed', () => {
  it.each(['deliverTo', 'recipient', 'paymentToken'])('finds a %s that everybody can read', (field) => {
    const clear = otherwise('OrderPlaced', 'o1', { [field]: { name: 'Li Na' } });
    expect(failures(clear)['personal-data-sealed']).toMatch(
      new RegExp(`^storefront lane .* \\(OrderPlaced, order:o1 version 1\\) says ${field} in the clear$`),
    );
  });
});

describe('stock-conservation', () => {
  it.each([
    ['on hand', { onHand: 91 }, 'tea@dc has 91 on hand where movements add up to 92'],
    ['reserved', { reserved: 0 }, 'tea@dc has 0 reserved where open reservations hold 2'],
    ['changed', { netChange: 0 }, 'tea@dc has a net change of 0 where trade adds up to -8'],
  ])('finds a row that shows another number %s', (_what, change, words) => {
    const views = copy(SMALL_VIEWS);
    Object.assign(views.stock[0]!, change);
    expect(failures(events, views)['stock-conservation']).toBe(words);
  });

  it('misses a row, and finds one too many', () => {
    const views = copy(SMALL_VIEWS);
    views.stock = [
      ...views.stock.slice(1),
      { sku: 'milk', location: 'dc', onHand: 1, reserved: 0, inTransit: 0, quarantined: 0, netChange: 0 },
    ];
    const found = failures(events, views)['stock-conservation'];
    expect(found).toContain('no row for tea@dc');
    expect(found).toContain('milk@dc has 1 on hand where movements add up to 0');
  });

  it('finds a unit that was promised and that no reservation holds', () => {
    expect(failures(twice('StockReserved', 'o4'))['stock-conservation']).toContain('4 promised by stock events');
  });

  it('finds a row that shows another number on its way', () => {
    const views = copy(SMALL_VIEWS);
    views.stock[4]!.inTransit = 0;
    expect(failures(events, views)['stock-conservation']).toBe('coffee@soho has 0 in transit where transfers under way have 2');
  });

  it.each([
    ['StockTransferAnnounced', 'coffee@soho has -4 in transit by stock events where transfers have 2'],
    ['StockTransferAnnounced', 'coffee: 3 units are on hand or in transit in all, and 9 should be'],
    ['StockTransferSent', 'coffee: 15 units are on hand or in transit in all, and 9 should be'],
    ['StockTransferReceived', 'coffee@soho has 3 on hand where movements add up to 0'],
    ['StockTransferLost', 'coffee@soho has 3 in transit by stock events where transfers have 2'],
    ['TransferReceived', 'coffee@soho has 2 in transit where transfers under way have 6'],
  ])('misses the units of a transfer whose %s is gone: %s', (type, words) => {
    expect(failures(without(type, 't1'))['stock-conservation']).toContain(words);
  });

  it('finds a movement in the stream of another stock', () => {
    expect(failures(otherwise('StockSold', 's1', { location: 'dc' }))['stock-conservation']).toContain('stock:tea@soho');
  });
});

describe('promises-kept-apart', () => {
  const direct = (reservationId: string, expiresAt: string): Fact[] => {
    const held = { reservationId, location: 'dc', lines: [{ sku: 'tea', quantity: 2 }] };
    const at = { source: 'inventory' as const, stream: `reservation:${reservationId}` };
    const moved = { sku: 'tea', location: 'dc', quantity: 2, reservationId };
    return [
      { ...at, type: 'StockReservationMade', data: { ...held, demand: 'direct' } },
      { ...at, type: 'StockReservationExpirySet', data: { reservationId, expiresAt } },
      { ...at, stream: 'stock:tea@dc', type: 'StockReserved', data: moved },
    ];
  };
  const promises = (log: readonly RecordedEvent[]): string | undefined => failures(log)['promises-kept-apart'];
  const units = (quantity: number): object => ({ draws: [{ channel: 'hema', quantity }] });

  it('misses a promise that draws more than the quota has', () => {
    expect(promises(otherwise('StockReserved', 'h1', units(3)))).toContain('of the quota of hema 3 of 2 are used');
  });

  it('misses units that go back into a quota and never came out of it', () => {
    expect(promises(otherwise('StockReserved', 'h1', units(1)))).toContain('more came back than was drawn');
  });

  it('misses a promise out of a quota that nobody gave', () => {
    expect(promises(without('StockPromisePolicySet', 'place'))).toContain('draws on a quota of hema that is not in force');
  });

  it('misses goods that are held past their time', () => {
    expect(promises(without('StockReservationExpired', 'h1'))).toBe(
      'reservation h1 is held, though it ended at 2026-01-01T00:00:00.000Z',
    );
    expect(promises(and(...direct('h2', '2026-12-31T00:00:00.000Z')))).toBeUndefined();
  });

  it('asks nobody for money for goods that belong to no order', () => {
    expect(failures(and(...direct('h2', '2026-12-31T00:00:00.000Z')))['orders-settled-once']).toBeUndefined();
  });
});

describe('stock-follows-documents', () => {
  it.each([
    ['StockSold', 's1', 'sale s1, tea@soho: the document says 3 more units than have moved'],
    ['StockReturned', 'b1', 'return b1, tea@soho: the document says 1 more units than have moved'],
    ['StockReturned', 'r9', 'return r9, tea@dc: the document says 1 more units than have moved'],
    ['StockAdjusted', 'a1', 'adjustment a1, tea@dc: the document says 5 fewer units than have moved'],
    ['StockReceived', 'r1', 'receipt r1, tea@dc: the document says 100 more units than have moved'],
    ['StockReserved', 'o1', 'reservation o1, tea@dc: the document says 2 more units than have moved'],
    ['StockReleased', 'o2', 'release o2, tea@dc: the document says 2 more units than have moved'],
    ['StockShipped', 'o1', 'shipment o1, tea@dc: the document says 2 more units than have moved'],
    ['PurchaseOrderReceived', 'p1', 'r3: there is no match for what was booked in'],
    ['GoodsReceived', 'p1', 'r3: there is no match for what was counted on its purchase order'],
    ['StockTransferSent', 't1', 'transfer sent t1, coffee@dc: the document says 6 more units than have moved'],
    ['StockTransferAnnounced', 't1', 'transfer announced t1, coffee@soho: the document says 6 more units than have moved'],
    ['StockTransferReceived', 't1', 'transfer received t1, coffee@soho: the document says 3 more units than have moved'],
    ['StockTransferLost', 't1', 'transfer lost t1, coffee@soho: the document says 1 more units than have moved'],
    ['TransferDispatched', 't1', 'transfer sent t1, coffee@dc: the document says 6 fewer units than have moved'],
    ['StockReservationShipped', 'so', 'so: there is no match for what left'],
    ['GoodsReceived', 'so', 'so: there is no match for the lines that the shop received'],
    ['OrderPlaced', 'o4', 'o4: there is no match for the lines that are reserved'],
    ['SupplyOrderShipped', 'so', 'so: there is no match for what was taken off the books'],
  ])('misses a %s of %s', (type, id, words) => {
    expect(failures(without(type, id))['stock-follows-documents']).toContain(words);
  });

  it('finds goods that moved twice', () => {
    expect(failures(twice('StockSold', 's1'))['stock-follows-documents']).toBe(
      'sale s1, tea@soho: the document says 3 fewer units than have moved',
    );
  });

  it('finds a delivery of which the purchase order says something else', () => {
    const lines = [{ sku: 'coffee', expected: 12, counted: 12, variance: 0 }];
    expect(failures(otherwise('PurchaseOrderReceived', 'p1', { lines }))['stock-follows-documents']).toBe(
      'r3: what was counted on its purchase order and what was booked in are not the same',
    );
  });

  it('finds an order that got other lines than it asked for', () => {
    const found = failures(otherwise('SupplyOrderSubmitted', 'so', { lines: [{ sku: 'tea', quantity: 3, stocked: true }] }));
    expect(found['stock-follows-documents']).toContain('so: the lines that');
  });
});

describe('views-equal-log', () => {
  it('finds a sum that differs, by kind and field', () => {
    const views = copy(SMALL_VIEWS);
    Object.assign(views.sales[0]!.byKind['hema-sale']!, { minor: 1751 });
    expect(failures(events, views)['views-equal-log']).toContain(
      'sales of hema-sale GBP show 1751 minor where the log adds up to 1750',
    );
  });

  it('finds a net that its kinds do not add up to', () => {
    const views = copy(SMALL_VIEWS);
    views.sales[0]!.netMinor = 0;
    expect(failures(events, views)['views-equal-log']).toContain('net of 0 where kinds add up to -5650');
  });

  it('misses a kind, and finds one that is not in the log', () => {
    const views = copy(SMALL_VIEWS);
    const { 'hema-sale': sale, ...others } = views.sales[0]!.byKind;
    views.sales[0]!.byKind = { ...others, 'hema-gift': sale! };
    const found = failures(events, views)['views-equal-log'];
    expect(found).toContain('sales do not show hema-sale GBP');
    expect(found).toContain('sales of hema-gift GBP show 1 documents where the log adds up to 0');
  });

  it('finds an order that stands elsewhere, costs something else, is missing or was never there', () => {
    const views = copy(SMALL_VIEWS);
    Object.assign(views.orders[0]!, { status: 'shipped' });
    Object.assign(views.orders[1]!, { totalMinor: 1 });
    Object.assign(views.orders[2]!, { id: 'o9' });
    expect(failures(events, views)['views-equal-log']?.split('\n')).toEqual([
      'storefront-order o1 is shown as shipped, and is delivered',
      'storefront-order o2 is shown with 1, and is 1250',
      'the order book shows o9, which no log has or which is shown twice',
      'the order book does not show storefront-order o3',
    ]);
  });

  it('finds a stock summary that differs', () => {
    const views = copy(SMALL_VIEWS);
    views.stockSummary.onHand = 100;
    expect(failures(events, views)['views-equal-log']).toBe('the stock summary shows onHand 100 where the log adds up to 109');
  });
});

describe('orders-settled-once', () => {
  it.each([
    [
      'money that was authorized twice',
      twice('PaymentAuthorized', 'o4'),
      'o4 is confirmed, but its money was authorized 2 times',
    ],
    ['money that was captured twice', twice('PaymentCaptured', 'o1'), 'o1 is delivered, but its money was captured 2 times'],
    ['money that was never captured', without('PaymentCaptured', 'o1'), 'o1 is delivered, but its money was captured 0 times'],
    ['money that was never authorized', without('PaymentAuthorized', 'o4'), 'o4 is confirmed, but 0 was authorized of 1250'],
    ['money that is kept', without('PaymentVoided', 'o3'), 'o3 is cancelled, but its money was authorized 1 times and voided 0'],
    [
      'another amount',
      otherwise('PaymentCaptured', 'o1', { amountMinor: 1249 }),
      'o1 is delivered, but 1249 was captured of 1250',
    ],
    [
      'another currency',
      otherwise('PaymentAuthorized', 'o4', { currency: 'CNY' }),
      'o4 is confirmed, but 1250 was authorized of 1250',
    ],
    ['goods that are kept', without('StockReservationReleased', 'o2'), 'o2 is rejected, but its goods are held'],
    ['goods that are not there', without('StockReservationMade', 'o4'), 'o4 is confirmed, but its goods are not held'],
    [
      'an order that is not decided',
      without('OrderConfirmed', 'o4'),
      'o4 is pending, but nothing is on its way that would decide it',
    ],
    ['a wish that is not answered', without('OrderCancelled', 'o3'), 'o3 is cancelling, but nothing is on its way'],
    [
      'a parcel that has left unnoticed',
      without('OrderShipped', 'o1').filter(({ type }) => type !== 'OrderDelivered'),
      'its parcel has left',
    ],
    ['a supply order that is not decided', onlySubmitted, 'so is pending, but nothing is on its way that would decide it'],
  ])('finds %s', (_what, log, words) => {
    expect(failures(log)['orders-settled-once'] ?? '').toContain(words);
  });

  it('finds more money given back than was taken', () => {
    const data = { orderId: 'o1', amountMinor: 1251, currency: 'GBP' };
    const log = and({ source: 'payment', stream: 'payment:o1', type: 'PaymentRefunded', data });
    expect(failures(log)['orders-settled-once']).toContain('o1 is delivered, but 1251 was refunded of 1250');
  });

  it('finds money for an order that nobody placed', () => {
    const data = { orderId: 'o8', amountMinor: 1, currency: 'GBP' };
    const log = and({ source: 'payment', stream: 'payment:o8', type: 'PaymentAuthorized', data });
    expect(failures(log)['orders-settled-once']).toBe('goods or money moved for an order o8 that nobody placed');
  });
});

describe('a check with many violations', () => {
  it('names the first twenty and counts them all', () => {
    const views = {
      ...SMALL_VIEWS,
      orders: Array.from({ length: 50 }, (_, n) => ({ id: `x${n}`, status: 'new', totalMinor: 0 })),
    };
    const check = audited(events, views).find(({ name }) => name === 'views-equal-log')!;
    expect(check.violations).toHaveLength(20);
    expect(check.violationCount).toBe(58);
  });
});
