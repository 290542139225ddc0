import fc from 'fast-check';
import { applied, given, recorded } from '#libs/eventsourcing/testing';
import { lineAmountMinor, stockedLines } from '#libs/contracts';
import { ListProduct, listProduct } from './list-product';
import { addUp, tradeLine, type AskedLine } from './pricing';
import { product, type Product } from './product';
import { productView } from './product.view';

const price = { amountMinor: 8800, currency: 'CNY' };
const facts = { sku: 'TEA', name: 'Longjing', kind: 'merchandise' as const, price };
const list = (changes: Partial<ListProduct> = {}): ListProduct => Object.assign(new ListProduct(), { ...facts, ...changes });
const listed = { type: 'ProductListed' as const, data: facts };

describe('a product', () => {
  it('is listed once', () => {
    given(product).when(listProduct, list()).then(listed);
  });

  it('is merchandise unless it is said to be a service', () => {
    const { kind: _, ...rest } = facts;
    given(product).when(listProduct, Object.assign(new ListProduct(), rest)).then(listed);
  });

  it('has nothing to say when it is listed as it is', () => {
    given(product, listed).when(listProduct, list()).thenNothing();
    given(product, listed)
      .when(listProduct, list({ price: { ...price, baseQuantity: 1 } }))
      .thenNothing();
  });

  it.each([
    { name: 'Longjing 2026' },
    { kind: 'service' as const },
    { price: { amountMinor: 9900, currency: 'CNY' } },
    { price: { amountMinor: 8800, currency: 'EUR' } },
    { price: { amountMinor: 8800, currency: 'CNY', baseQuantity: 10 } },
  ])('changes by what differs: %j', (change) => {
    given(product, listed)
      .when(listProduct, list(change))
      .then({ type: 'ProductChanged', data: { ...facts, ...change } });
  });

  describe('that is a bundle', () => {
    const components = [
      { sku: 'POT', quantity: 1 },
      { sku: 'CUP', quantity: 4 },
    ];
    const bundle = { type: 'ProductListed' as const, data: { ...facts, components } };

    it('says what one unit is made of, repeated parts added up', () => {
      const parts = [...components.slice(0, 1), { sku: 'CUP', quantity: 3 }, { sku: 'CUP', quantity: 1 }];
      given(product)
        .when(listProduct, list({ components: parts }))
        .then(bundle);
    });

    it('has nothing to say when it is made of the same, and says so when it is a bundle no more', () => {
      given(product, bundle)
        .when(listProduct, list({ components: [...components].reverse() }))
        .thenNothing();
      given(product, bundle)
        .when(listProduct, list())
        .then({ type: 'ProductChanged', data: { ...facts, components: [] } });
    });

    it('is made neither of itself nor of another bundle, and is no service', () => {
      given(product)
        .when(listProduct, list({ components: [{ sku: 'TEA', quantity: 1 }] }))
        .thenRefused('nested-bundle');
      given(product)
        .when(listProduct, list({ components }), { given: ['CUP'] })
        .thenRefused('nested-bundle');
      given(product)
        .when(listProduct, list({ components, kind: 'service' }))
        .thenRefused('service-bundle');
    });

    it('moves the goods that it is made of, however it is sold with them', () => {
      const terms = { currency: 'CNY', sign: 1 as const };
      const set = { name: 'Set', kind: 'merchandise' as const, price, components };
      const line = tradeLine({ sku: 'SET', quantity: 2 }, set, terms);
      expect(line).toMatchObject({ sku: 'SET', quantity: 2, amountMinor: 17_600 });
      expect(stockedLines([line, { sku: 'CUP', quantity: 1 }])).toEqual([
        { sku: 'POT', quantity: 2 },
        { sku: 'CUP', quantity: 9 },
      ]);
    });
  });

  it.each(['', ' TEA', '-TEA', 'a@b', 'ä', 'x'.repeat(65)])('cannot be called "%s"', (sku) => {
    given(product).when(listProduct, list({ sku })).thenRefused('invalid-sku');
  });

  it.each(['BANK CHARGES', 'gift_0001_20', 'm', '85123A'])('can be called "%s"', (sku) => {
    given(product)
      .when(listProduct, list({ sku }))
      .then({ type: 'ProductListed', data: { ...facts, sku } });
  });
});

describe('what lines add up to', () => {
  const tea: Product = facts;
  const asked = fc.record({
    sku: fc.constant('TEA'),
    quantity: fc.integer({ min: 1, max: 1_000_000 }),
    price: fc.record({
      amountMinor: fc.nat(1_000_000),
      currency: fc.constant('CNY'),
      baseQuantity: fc.integer({ min: 1, max: 1000 }),
    }),
  });

  it.each([1, -1] as const)('is the sum of the rounded lines, whichever way the money goes (%i)', (sign) => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 50 }), (wanted: AskedLine[]) => {
        const terms = { currency: 'CNY', sign };
        const totals = addUp(
          wanted.map((line) => tradeLine(line, tea, terms)),
          terms,
        );
        expect(totals).toEqual({
          lines: wanted.length,
          units: wanted.reduce((sum, { quantity }) => sum + sign * quantity, 0),
          amountMinor: wanted.reduce((sum, line) => sum + lineAmountMinor(line.price!, sign * line.quantity), 0),
          currency: 'CNY',
        });
      }),
    );
  });

  it('rounds half a minor unit up, also when the money goes back', () => {
    const half = { sku: 'TEA', quantity: 1, price: { amountMinor: 5, currency: 'CNY', baseQuantity: 10 } };
    expect(tradeLine(half, tea, { currency: 'CNY', sign: 1 }).amountMinor).toBe(1);
    expect(tradeLine(half, tea, { currency: 'CNY', sign: -1 }).amountMinor).toBe(0);
  });
});

describe('the products view', () => {
  const event = (type: string, data: object): ReturnType<typeof recorded> => recorded('storefront', 'product:TEA', type, data);

  it('has one row per product, as it now is', () => {
    const changed = { ...facts, price: { amountMinor: 42, currency: 'CNY', baseQuantity: 10 } };
    const rows = applied(productView, event('ProductListed', facts), event('ProductChanged', changed));
    expect([...rows.values()]).toEqual([
      { sku: 'TEA', name: 'Longjing', kind: 'merchandise', amountMinor: 42, currency: 'CNY', baseQuantity: 10, components: null },
    ]);
  });

  it('says that a price is for one unit unless it is for more', () => {
    const [row] = applied(productView, event('ProductListed', facts)).values();
    expect(row).toMatchObject({ amountMinor: 8800, baseQuantity: 1 });
  });
});
