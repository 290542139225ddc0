import fc from 'fast-check';
import { lineAmountMinor, type TradeLine } from '#libs/contracts';
import { givenStreams, type History } from '#libs/eventsourcing/testing';
import { product } from '../catalog/product';
import { order } from '../orders/order';
import { STANDS, standsExcept, type OrderEvent, type Stand } from '../orders/testing/history';
import { AcceptReturn, acceptReturn, returnStreams } from './accept-return';
import { goodsReturn } from './goods-return';
import { takeBack } from './take-back';

const CNY = 'CNY';
const listed = (sku: string, amountMinor: number, kind = 'merchandise'): History => [
  product,
  sku,
  { type: 'ProductListed', data: { sku, name: sku, kind, price: { amountMinor, currency: CNY } } },
];
const asked = (changes: Partial<AcceptReturn> = {}): AcceptReturn =>
  Object.assign(new AcceptReturn(), {
    ...{ returnId: 'r1', customer: 'Li Na', location: 'store-1', currency: CNY, lines: [{ sku: 'TEA', quantity: 2 }] },
    ...changes,
  });
const line = (sku: string, quantity: number, amountMinor: number, stocked = true): TradeLine => ({
  ...{ sku, quantity, stocked, unitPrice: { amountMinor, currency: CNY } },
  amountMinor: quantity * amountMinor,
});
const sum = (lines: number, units: number, amountMinor: number) => ({ lines, units, amountMinor, currency: CNY });
const accepted = (lines: TradeLine[], totals: object, more: object = {}) => ({
  stream: 'return:r1',
  events: [
    {
      type: 'ReturnAccepted',
      data: { returnId: 'r1', customer: 'Li Na', location: 'store-1', lines, totals, reason: 'not given', ...more },
    },
  ],
});

describe('a return without an order', () => {
  const catalog = [listed('TEA', 8800), listed('POST', 1000, 'service')];

  it('is worth what the catalog says, below zero', () => {
    givenStreams(...catalog)
      .when(acceptReturn, asked())
      .then(accepted([line('TEA', 2, 8800)], sum(1, -2, -17_600)));
  });

  it('is worth what its lines say was paid', () => {
    const lines = [
      { sku: 'TEA', quantity: 2, unitPrice: { amountMinor: 100, currency: CNY } },
      { sku: 'POST', quantity: 1 },
    ];
    givenStreams(...catalog)
      .when(acceptReturn, asked({ lines, reason: 'broken' }))
      .then(accepted([line('TEA', 2, 100), line('POST', 1, 1000, false)], sum(2, -3, -1200), { reason: 'broken' }));
  });

  it('may be larger than anything that was ever bought', () => {
    givenStreams(...catalog)
      .when(acceptReturn, asked({ lines: [{ sku: 'TEA', quantity: 80_995 }] }))
      .then(accepted([line('TEA', 80_995, 8800)], sum(1, -80_995, -712_756_000)));
  });

  it('is refused for a SKU that nobody listed, whatever was paid for it', () => {
    const lines = [{ sku: 'COFFEE', quantity: 1, unitPrice: { amountMinor: 100, currency: CNY } }];
    givenStreams(...catalog)
      .when(acceptReturn, asked({ lines }))
      .thenRefused('unknown-sku');
  });

  it('is refused in another currency', () => {
    givenStreams(...catalog)
      .when(acceptReturn, asked({ currency: 'EUR' }))
      .thenRefused('currency-mismatch');
  });

  it('is accepted once', () => {
    const before = accepted([line('TEA', 2, 8800)], sum(1, -2, -17_600)).events;
    givenStreams(...catalog, [goodsReturn, 'r1', ...before])
      .when(acceptReturn, asked())
      .thenNothing();
  });
});

describe('a return from an order of two teas at 88, one at 80 and a postage', () => {
  const ofOrder = (changes: Partial<AcceptReturn> = {}): AcceptReturn => asked({ orderId: 'o1', ...changes });
  const orderThatIs = (stand: Stand, ...more: OrderEvent[]) => givenStreams([order, 'o1', ...STANDS[stand], ...more]);
  const backInTheOrder = (lines: TradeLine[], totals: ReturnType<typeof sum>): { stream: string; events: OrderEvent[] } => ({
    stream: 'order:o1',
    events: [{ type: 'OrderLinesReturned', data: { orderId: 'o1', customer: 'Li Na', returnId: 'r1', lines, totals } }],
  });
  const returned = (...lines: TradeLine[]): OrderEvent => backInTheOrder(lines, sum(lines.length, 0, 0)).events[0]!;
  const tea = (quantity: number) => ({ lines: [{ sku: 'TEA', quantity }] });

  it.each<Stand>(['shipped and paid', 'delivered'])('is worth what was paid then, once it is %s', (stand) => {
    const lines = [line('TEA', 2, 8800)];
    const totals = sum(1, -2, -17_600);
    orderThatIs(stand)
      .when(acceptReturn, ofOrder())
      .then(accepted(lines, totals, { orderId: 'o1' }), backInTheOrder(lines, totals));
  });

  it('takes units of one SKU back in the order in which they were bought', () => {
    const lines = [line('TEA', 1, 8800), line('TEA', 1, 8000)];
    const totals = sum(2, -2, -16_800);
    orderThatIs('delivered', returned(line('TEA', 1, 8800)))
      .when(acceptReturn, ofOrder())
      .then(accepted(lines, totals, { orderId: 'o1' }), backInTheOrder(lines, totals));
  });

  it('takes services back, too', () => {
    const lines = [line('POST', 1, 1000, false)];
    const totals = sum(1, -1, -1000);
    orderThatIs('delivered')
      .when(acceptReturn, ofOrder({ lines: [{ sku: 'POST', quantity: 1 }] }))
      .then(accepted(lines, totals, { orderId: 'o1' }), backInTheOrder(lines, totals));
  });

  it('adds lines of one SKU up before it counts', () => {
    const lines = [1, 2, 1].map((quantity) => ({ sku: 'TEA', quantity }));
    orderThatIs('delivered').when(acceptReturn, ofOrder({ lines })).thenRefused('more-than-sold');
  });

  it('is refused for more than is still out', () => {
    orderThatIs('delivered')
      .when(acceptReturn, ofOrder(tea(4)))
      .thenRefused('more-than-sold');
    orderThatIs('delivered', returned(line('TEA', 2, 8800)))
      .when(acceptReturn, ofOrder(tea(2)))
      .thenRefused('more-than-sold');
    orderThatIs('delivered')
      .when(acceptReturn, ofOrder({ lines: [{ sku: 'COFFEE', quantity: 1 }] }))
      .thenRefused('more-than-sold');
  });

  it('is refused to another customer, in another currency, and at another price', () => {
    orderThatIs('delivered')
      .when(acceptReturn, ofOrder({ customer: 'Wang Wei' }))
      .thenRefused('customer-mismatch');
    orderThatIs('delivered')
      .when(acceptReturn, ofOrder({ currency: 'EUR' }))
      .thenRefused('currency-mismatch');
    const unitPrice = { amountMinor: 9999, currency: CNY };
    orderThatIs('delivered')
      .when(acceptReturn, ofOrder({ lines: [{ sku: 'TEA', quantity: 1, unitPrice }] }))
      .thenRefused('price-fixed-by-order');
  });

  it('is refused until the money that would go back was captured', () => {
    orderThatIs('shipped').when(acceptReturn, ofOrder()).thenRefused('order-not-paid');
  });

  const left: Stand[] = ['shipped', 'shipped, to be cancelled', 'shipped, not cancelled', 'shipped and paid', 'delivered'];
  it.each(standsExcept('nowhere', ...left))('is refused while the order is %s', (stand) => {
    orderThatIs(stand).when(acceptReturn, ofOrder()).thenRefused('order-not-shipped');
  });

  it('is refused for an order that nobody placed', () => {
    orderThatIs('nowhere').when(acceptReturn, ofOrder()).thenRefused('unknown-order');
  });
});

describe('the streams of a return', () => {
  it('are the return and its order, or else the products that price it', () => {
    const ids = (command: AcceptReturn) => returnStreams(command).map(({ aggregate, id }) => `${aggregate.category}:${id}`);
    expect(ids(asked({ orderId: 'o1' }))).toEqual(['return:r1', 'order:o1']);
    expect(ids(asked())).toEqual(['return:r1', 'product:TEA']);
  });
});

describe('units that come back one after the other', () => {
  const bought = fc.record({
    quantity: fc.integer({ min: 1, max: 20 }),
    amountMinor: fc.nat(10_000),
    baseQuantity: fc.integer({ min: 1, max: 20 }),
  });

  it('are worth together what was paid for them, to the penny', () => {
    fc.assert(
      fc.property(fc.array(bought, { minLength: 1, maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 5 })), (asks, steps) => {
        const lines = asks.map(({ quantity, ...price }) => {
          const unitPrice = { ...price, currency: CNY };
          return { sku: 'TEA', quantity, unitPrice, amountMinor: lineAmountMinor(unitPrice, quantity), stocked: true };
        });
        const units = lines.reduce((total, { quantity }) => total + quantity, 0);
        let [back, refundedMinor] = [0, 0];
        for (const step of [...steps, units]) {
          const quantity = Math.min(step, units - back);
          if (quantity === 0) break;
          const parts = takeBack([{ sku: 'TEA', quantity }], { orderId: 'o', lines, returned: new Map([['TEA', back]]) });
          expect(parts.every(({ amountMinor }) => amountMinor >= 0)).toBe(true);
          refundedMinor += parts.reduce((total, { amountMinor }) => total + amountMinor, 0);
          back += quantity;
        }
        expect([back, refundedMinor]).toEqual([units, lines.reduce((total, { amountMinor }) => total + amountMinor, 0)]);
      }),
    );
  });
});
