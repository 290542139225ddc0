import { columnsIn, rowOf } from './row';

const HEADING = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'];
const LINE = ['536365', '85123A', ' WHITE HANGING HEART ', '6', '2010-12-01 08:26:00', '2.55', '17850', 'United Kingdom'];
const row = (change: Record<string, string> = {}) => {
  const fields = HEADING.map((column, n) => change[column] ?? LINE[n] ?? '');
  return rowOf(7, columnsIn(HEADING)(fields));
};

describe('a row of the books', () => {
  it('is read as it is meant', () => {
    expect(row()).toEqual({
      ...{ line: 7, invoice: '536365', sku: '85123A', description: 'WHITE HANGING HEART', quantity: 6, customer: '17850' },
      ...{ price: { amountMinor: 255, currency: 'GBP' }, happenedAt: '2010-12-01T08:26:00.000Z' },
    });
  });

  it('is found by the names of its columns, in whatever order', () => {
    const reversed = columnsIn(HEADING.toReversed())(LINE.toReversed());
    expect(rowOf(7, reversed)).toEqual(row());
  });

  it.each([
    ['2.1', { amountMinor: 210 }],
    ['0', { amountMinor: 0 }],
    ['13541.33', { amountMinor: 1_354_133 }],
    ['-11062.06', { amountMinor: -1_106_206 }],
    ['0.10000', { amountMinor: 10 }],
    ['0.042', { amountMinor: 42, baseQuantity: 10 }],
    ['0.0015', { amountMinor: 15, baseQuantity: 100 }],
    ['-0.00', { amountMinor: 0 }],
  ])('has the price %s exactly', (text, price) => {
    expect(row({ UnitPrice: text }).price).toEqual({ ...price, currency: 'GBP' });
  });

  it.each([
    ['InvoiceNo', ''],
    ['StockCode', '@home'],
    ['Quantity', '1.5'],
    ['Quantity', ''],
    ['Quantity', '1000001'],
    ['UnitPrice', '2,55'],
    ['UnitPrice', '£2'],
    ['UnitPrice', ''],
    ['InvoiceDate', '2011-02-30 08:00:00'],
    ['InvoiceDate', '01/12/2010 08:26'],
    ['CustomerID', 'a b'],
  ])('is none with the %s "%s", and says so', (column, text) => {
    expect(() => row({ [column]: text })).toThrow(column);
  });
});

describe('a heading', () => {
  it('that lacks a column is told which', () => {
    expect(() => columnsIn(['InvoiceNo', 'StockCode'])).toThrow(
      'lacks Description, Quantity, InvoiceDate, UnitPrice, CustomerID',
    );
  });
});
