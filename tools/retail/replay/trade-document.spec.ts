import type { Row } from './row';
import { documentsOf, faultIn, isMerchandise } from './trade-document';

const row = (facts: Partial<Row> & { pence?: number } = {}): Row => {
  const { pence = 255, ...rest } = facts;
  const price = { amountMinor: pence, currency: 'GBP' };
  const usual = { line: 2, invoice: '536365', sku: '85123A', description: 'HEART', quantity: 6, customer: '17850' };
  return { ...usual, happenedAt: '2010-12-01T08:26:00.000Z', price, ...rest };
};
const kinds = (...rows: Row[]): string[] => documentsOf(rows).map(({ kind }) => kind);

describe('a row becomes', () => {
  it.each([
    ['a return online', 'storefront-return', { invoice: 'C536379', quantity: -1 }],
    ['a return at a till without a customer', 'hema-return', { invoice: 'C536379', quantity: -1, customer: '' }],
    ['a ledger adjustment with an A', 'ledger-adjustment', { invoice: 'A563185', customer: '' }],
    ['a stock adjustment when units vanish for nothing', 'stock-adjustment', { pence: 0, quantity: -3 }],
    ['a stock adjustment when units appear for nothing and nobody', 'stock-adjustment', { pence: 0, customer: '' }],
    ['a gift in an order when there is a customer', 'storefront-order', { pence: 0 }],
    ['a ledger adjustment with units below zero', 'ledger-adjustment', { quantity: -1 }],
    ['a ledger adjustment without units', 'ledger-adjustment', { quantity: 0 }],
    ['a ledger adjustment with a price below zero', 'ledger-adjustment', { pence: -100, customer: '' }],
    ['a sale at a till without a customer', 'hema-sale', { customer: '' }],
    ['an online order otherwise', 'storefront-order', {}],
  ])('%s', (_what, kind, facts) => {
    expect(kinds(row(facts))).toEqual([kind]);
  });

  it('a supply order when its invoice has 24 units a line or more', () => {
    expect(kinds(row({ quantity: 24 }))).toEqual(['lingshoutong-order']);
    expect(kinds(row({ quantity: 47 }), row({ quantity: 1 }))).toEqual(['lingshoutong-order']);
    expect(kinds(row({ quantity: 46 }), row({ quantity: 1 }))).toEqual(['storefront-order']);
  });

  it('what its invoice is, whatever was taken off', () => {
    expect(kinds(row({ quantity: 24 }), row({ quantity: -500, pence: 0 }))).toEqual(['lingshoutong-order', 'stock-adjustment']);
  });
});

describe('an invoice', () => {
  it('is one document for each kind in it, with its rows in their order', () => {
    const rows = [row({ line: 2 }), row({ line: 3, quantity: -1 }), row({ line: 4 })];
    expect(documentsOf(rows).map(({ kind, rows: own }) => [kind, own.map(({ line }) => line)])).toEqual([
      ['storefront-order', [2, 4]],
      ['ledger-adjustment', [3]],
    ]);
  });
});

describe('a stock code', () => {
  it.each([...['85123A', '71053', '15056BL', '84997abc']])('%s is merchandise', (sku) => expect(isMerchandise(sku)).toBe(true));
  it.each([...['POST', 'DOT', 'M', 'gift_0001_20', 'BANK CHARGES', '1234', '123456', '85123ABCD']])('%s is a service', (sku) =>
    expect(isMerchandise(sku)).toBe(false),
  );
});

describe('a row that does not fit its document', () => {
  it.each([
    ['storefront-return', { quantity: 1 }, 'Quantity is not below zero'],
    ['hema-return', { quantity: -1, pence: -5 }, 'UnitPrice is below zero'],
    ['stock-adjustment', { quantity: 0 }, 'by nothing'],
  ] as const)('of a %s says why', (kind, facts, words) => {
    expect(faultIn(kind, row(facts))).toContain(words);
  });

  it('is the exception', () => {
    expect(faultIn('storefront-return', row({ quantity: -1 }))).toBeUndefined();
    expect(faultIn('stock-adjustment', row({ quantity: -1, pence: 0 }))).toBeUndefined();
  });
});
