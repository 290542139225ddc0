import { applied, recorded } from '#libs/eventsourcing/testing';
import type { AnyEvent } from '#libs/eventsourcing/vocabulary';
import { expectedIn, MOMENT_PATTERN } from './expected-at';
import { byPlace, bought, dueBefore, expecting, type Inbound } from './inbound';
import { inboundView } from './inbound.view';

const order = { purchaseOrderId: 'p1', supplier: 's', location: 'dc', expectedAt: '2026-04-01T00:00:00.000Z' };
const move = { transferId: 't1', from: 'dc', to: 'shop' };

describe('the view of what is still to come', () => {
  const rows = (...events: AnyEvent[]): object[] => [
    ...applied(inboundView, ...events.map(({ type, data }) => recorded('inventory', 'x:1', type, data))).values(),
  ];
  const placed = {
    type: 'PurchaseOrderPlaced',
    data: {
      ...order,
      lines: [
        { sku: 'tea', quantity: 9 },
        { sku: 'milk', quantity: 2 },
      ],
    },
  };
  const tea = { sku: 'tea', location: 'dc', document: 'purchase-order:p1', expectedAt: order.expectedAt };

  it('has what a purchase order expects, as it is changed, delivered and called off', () => {
    expect(rows(placed)).toEqual([
      { ...tea, quantity: 9 },
      { ...tea, sku: 'milk', quantity: 2 },
    ]);
    const lines = [
      { sku: 'tea', quantity: 12, outstanding: 12 },
      { sku: 'milk', quantity: 0, outstanding: 0 },
    ];
    const changed = { type: 'PurchaseOrderChanged', data: { ...order, lines, expectedAt: '2026-05-01T00:00:00.000Z' } };
    const later = { ...tea, expectedAt: '2026-05-01T00:00:00.000Z' };
    expect(rows(placed, changed)).toEqual([
      { ...later, quantity: 12 },
      { ...later, sku: 'milk', quantity: 0 },
    ]);
    const came = (counted: number) => ({
      type: 'PurchaseOrderReceived',
      data: { ...order, receiptId: 'r', lines: [{ sku: 'tea', expected: 9, counted, variance: counted - 9 }] },
    });
    expect(rows(placed, came(4))[0]).toEqual({ ...tea, quantity: 5 });
    expect(rows(placed, came(10))[0]).toEqual({ ...tea, quantity: 0 });
    const closed = { type: 'PurchaseOrderClosed', data: { ...order, lines: [{ sku: 'tea', quantity: 5 }] } };
    expect(rows(placed, came(4), closed)[0]).toEqual({ ...tea, quantity: 0 });
  });

  it('has what transfers have under way where they go, and nothing of what is only planned', () => {
    const lines = [{ sku: 'tea', quantity: 6 }];
    expect(rows({ type: 'TransferPlanned', data: { ...move, lines } })).toEqual([]);
    const left = { type: 'TransferDispatched', data: { ...move, lines, dispatchedAt: '' } };
    const row = { sku: 'tea', location: 'shop', document: 'transfer:t1', expectedAt: null };
    expect(rows(left)).toEqual([{ ...row, quantity: 6 }]);
    const came = { type: 'TransferReceived', data: { ...move, lines: [{ sku: 'tea', quantity: 3, lost: 1, inTransit: 2 }] } };
    expect(rows(left, came)).toEqual([{ ...row, quantity: 2 }]);
  });
});

describe('a time when goods should be there', () => {
  it.each([
    ['2026-04-01', '2026-04-01T00:00:00.000Z'],
    ['2026-04-01T08:00', '2026-04-01T08:00:00.000Z'],
    ['2026-04-01T08:00:00.5', '2026-04-01T08:00:00.500Z'],
    ['2026-04-01T08:00+08:00', '2026-04-01T00:00:00.000Z'],
    ['2026-04-01T08:00-0800', '2026-04-01T16:00:00.000Z'],
    ['2026-04-01T08:00:00Z', '2026-04-01T08:00:00.000Z'],
  ])('is %s, in UTC where it names no zone', (text, moment) => {
    expect([MOMENT_PATTERN.test(text), expectedIn(text)]).toEqual([true, moment]);
  });

  it.each(['2026-W14', '2026-091', '20260401', 'soon', ''])('is not %s', (text) => {
    expect(MOMENT_PATTERN.test(text)).toBe(false);
  });
});

describe('what is still to come', () => {
  const coming = (kind: string, quantity: number, expectedAt: string | null, location = 'dc'): Inbound => ({
    ...{ sku: 'tea', location, quantity, expectedAt, source: { kind, id: `${kind}-${quantity}` } },
  });
  const all = [
    coming('transfer', 4, null),
    coming('purchase-order', 20, '2026-04-02T09:00:00.000Z'),
    coming('transfer', 3, '2026-04-01T00:00:00.000Z'),
    coming('purchase-order', 7, '2026-04-01T00:00:00.000Z', 'shop'),
  ];

  it('is told place by place, the next delivery first', () => {
    expect(byPlace(all)).toMatchObject([
      { location: 'dc', inbound: 27, inTransit: 7, expected: [{ quantity: 3 }, { quantity: 20 }, { quantity: 4 }] },
      { location: 'shop', inbound: 7, inTransit: 0 },
    ]);
  });

  it('is due on a day when it is expected until then, or late; never when nobody named a time', () => {
    const due = (day: string): number => dueBefore(`${day}T00:00:00.000Z`, 'dc', all);
    expect([due('2026-04-01'), due('2026-04-02'), due('2026-04-03'), due('2027-01-01')]).toEqual([0, 3, 23, 23]);
  });

  it('is beside what there is: in transit as the stock says, and what suppliers owe, also where nothing has ever been', () => {
    const known = { location: 'far', onHand: 5, reserved: 1, available: 4, inTransit: 2, quarantined: 0 };
    const found = expecting({ ...known, byLocation: [known] }, all);
    expect(bought('dc', all)).toBe(20);
    expect(found).toMatchObject({
      inbound: 29,
      byLocation: [
        { location: 'dc', onHand: 0, inbound: 20 },
        { location: 'far', onHand: 5, inbound: 2 },
        { location: 'shop', inbound: 7 },
      ],
    });
  });
});
