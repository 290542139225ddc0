import fc from 'fast-check';
import { lineAmountMinor, type UnitPrice } from '#libs/contracts';
import { givenStreams, type History } from '#libs/eventsourcing/testing';
import { fold, type StateOf } from '#libs/eventsourcing/vocabulary';
import { product } from '../catalog/product';
import { order } from './order';
import { PlaceOrder, placeOrder } from './place-order';
import { about, delivery, lines, paymentToken, placed, totals } from './testing/history';

const listed = (sku: string, amountMinor: number, kind = 'merchandise'): History => [
  product,
  sku,
  { type: 'ProductListed', data: { sku, name: sku, kind, price: { amountMinor, currency: 'CNY' } } },
];
const catalog = [listed('TEA', 8800), listed('POST', 1000, 'service')];
const wanted = [
  { sku: 'TEA', quantity: 2 },
  { sku: 'POST', quantity: 1 },
  { sku: 'TEA', quantity: 1, agreedPrice: { amountMinor: 8000, currency: 'CNY' } },
];
const place = (changes: Partial<PlaceOrder> = {}): PlaceOrder =>
  Object.assign(new PlaceOrder(), {
    ...about,
    currency: 'CNY',
    lines: wanted,
    sealed: { ...delivery, paymentToken },
    ...changes,
  });
const theOrder = (...events: (typeof placed)[]) => ({ stream: 'order:o1', events });

describe('placing an order', () => {
  it('fixes the prices: of the catalog, or as they were agreed', () => {
    givenStreams(...catalog)
      .when(placeOrder, place())
      .then(theOrder(placed));
  });

  it('says nothing of what is personal but what was sealed', () => {
    const clear = { deliverTo: { latitude: 30.25, longitude: 120.16 }, recipient: { name: 'Li Na' }, paymentToken: 'tok' };
    givenStreams(...catalog)
      .when(placeOrder, place(clear))
      .then(theOrder(placed));
  });

  it('says how the goods reach the customer, where that is not as a parcel', () => {
    givenStreams(...catalog)
      .when(placeOrder, place({ service: 'thirty-minute' }))
      .then(theOrder({ ...placed, data: { ...placed.data, service: 'thirty-minute' } } as typeof placed));
  });

  it('is done once', () => {
    givenStreams(...catalog, [order, 'o1', placed])
      .when(placeOrder, place())
      .thenNothing();
  });

  it('keeps a price for more than one unit, and leaves one for a single unit as it is', () => {
    const bulk = { amountMinor: 42, currency: 'CNY', baseQuantity: 10 };
    const single = { amountMinor: 5, currency: 'CNY', baseQuantity: 1 };
    const agreed = [bulk, single].map((agreedPrice) => ({ sku: 'TEA', quantity: 3, agreedPrice }));
    const priced = [
      { sku: 'TEA', quantity: 3, unitPrice: bulk, amountMinor: 13, stocked: true },
      { sku: 'TEA', quantity: 3, unitPrice: { amountMinor: 5, currency: 'CNY' }, amountMinor: 15, stocked: true },
    ];
    const sum = { lines: 2, units: 6, amountMinor: 28, currency: 'CNY' };
    givenStreams(...catalog)
      .when(placeOrder, place({ lines: agreed }))
      .then(theOrder({ ...placed, data: { ...placed.data, lines: priced, totals: sum } } as typeof placed));
  });

  it.each(['COFFEE', 'tea', 'constructor'])('is refused for a SKU that nobody listed: %s', (sku) => {
    givenStreams(...catalog)
      .when(placeOrder, place({ lines: [...wanted, { sku, quantity: 1 }] }))
      .thenRefused('unknown-sku');
  });

  it('is refused in another currency than the catalog, or the agreement, is in', () => {
    givenStreams(...catalog)
      .when(placeOrder, place({ currency: 'EUR' }))
      .thenRefused('currency-mismatch');
    const agreedPrice = { amountMinor: 100, currency: 'EUR' };
    givenStreams(...catalog)
      .when(placeOrder, place({ lines: [{ sku: 'TEA', quantity: 1, agreedPrice }] }))
      .thenRefused('currency-mismatch');
  });

  it('is refused when it adds up to more than can be counted exactly', () => {
    const agreedPrice = { amountMinor: 1_000_000_000, currency: 'CNY' };
    givenStreams(...catalog)
      .when(placeOrder, place({ lines: Array.from({ length: 10 }, () => ({ sku: 'TEA', quantity: 1_000_000, agreedPrice })) }))
      .thenRefused('amount-too-large');
  });
});

describe('the total of an order', () => {
  const price = fc.record({
    amountMinor: fc.nat(1_000_000_000),
    currency: fc.constant('CNY'),
    baseQuantity: fc.integer({ min: 1, max: 1000 }),
  });
  const line = fc.record({
    sku: fc.constantFrom('TEA', 'POST'),
    quantity: fc.integer({ min: 1, max: 1000 }),
    agreedPrice: price,
  });

  it('is the sum of its lines, each rounded half up by itself', () => {
    const products = new Map(catalog.map(([, sku, ...events]) => [sku, fold(product, events)]));
    const stateOf = ((aggregate, id) => (aggregate.category === 'product' ? products.get(id) : undefined)) as StateOf;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (asked) => {
        const [written] = placeOrder(place({ lines: asked }), stateOf, { now: '', by: '', given: undefined });
        const { data } = written!.events[0] as typeof placed & { type: 'OrderPlaced' };
        const amounts = asked.map(({ quantity, agreedPrice }) => lineAmountMinor(agreedPrice as UnitPrice, quantity));
        expect(data.lines.map(({ amountMinor }) => amountMinor)).toEqual(amounts);
        expect(data.totals.amountMinor).toBe(amounts.reduce((sum, amountMinor) => sum + amountMinor, 0));
      }),
    );
  });

  it('is what the story of these specifications says', () => {
    expect(totals.amountMinor).toBe(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
  });
});
