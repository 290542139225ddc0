import fc from 'fast-check';
import { applied, given, recorded } from '#libs/eventsourcing/testing';
import { fold, type EventOf } from '#libs/eventsourcing/vocabulary';
import type { ShiftEvents } from '#libs/contracts';
import type { Listed, Listing } from '../catalog/product';
import { shift } from '../shifts/shift';
import { documentView } from './document.view';
import { RecordReturn, recordReturn, type ReturnFacts } from './record-return';
import { RecordSale, recordSale } from './record-sale';
import { returnedView } from './returned.view';

const cny = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });
const product = (sku: string, amountMinor: number, more: Partial<Listed> = {}): [string, Listed] => [
  sku,
  { sku, name: sku, kind: 'merchandise', price: cny(amountMinor), ...more },
];
const listing: Listing = new Map([
  product('TEA', 8800),
  product('BAG', 0, { kind: 'service' }),
  product('ROPE', 0, { price: { ...cny(25), baseQuantity: 10 } }),
  product('MUG', 0, { price: { amountMinor: 300, currency: 'GBP' } }),
]);
const opened: EventOf<ShiftEvents> = {
  type: 'ShiftOpened',
  data: { shiftId: 's1', store: 'hema-1', till: 'till-1', cashier: 'Li Na', floatMinor: 0, currency: 'CNY' },
};
const closed: EventOf<ShiftEvents> = {
  type: 'ShiftClosed',
  data: {
    ...{ shiftId: 's1', store: 'hema-1', till: 'till-1', documents: 0, takingsMinor: 0, currency: 'CNY' },
    ...{ countedMinor: 0, differenceMinor: 0 },
  },
};
interface Scanned {
  sku: string;
  quantity: number;
  unitPrice?: { amountMinor: number; currency: string };
}
const sale = (...lines: Scanned[]): RecordSale =>
  Object.assign(new RecordSale(), { saleId: 'sale-1', shiftId: 's1', lines, tender: 'cash' });
const giveBack = (...lines: Scanned[]): RecordReturn =>
  Object.assign(new RecordReturn(), { returnId: 'return-1', shiftId: 's1', lines, tender: 'cash' });
const till = { shiftId: 's1', store: 'hema-1', till: 'till-1', tender: 'cash' as const };
const teaLine = (quantity: number, each = 8800) => ({
  ...{ sku: 'TEA', quantity, unitPrice: cny(each), amountMinor: quantity * each, stocked: true },
});
const sold: EventOf<ShiftEvents> = {
  type: 'SaleRecorded',
  data: {
    ...{ saleId: 'sale-1', ...till, number: 1, lines: [teaLine(2)] },
    totals: { lines: 1, units: 2, amountMinor: 17_600, currency: 'CNY' },
  },
};

describe('a sale over the counter', () => {
  it('is numbered, priced by the list and added up', () => {
    given(shift, opened)
      .when(recordSale, sale({ sku: 'TEA', quantity: 2 }), { given: listing })
      .then(sold);
  });

  it('goes at the price that was rung up, where one was', () => {
    given(shift, opened)
      .when(recordSale, sale({ sku: 'TEA', quantity: 2, unitPrice: cny(100) }), { given: listing })
      .then({
        type: 'SaleRecorded',
        data: {
          ...{ saleId: 'sale-1', ...till, number: 1, lines: [teaLine(2, 100)] },
          totals: { lines: 1, units: 2, amountMinor: 200, currency: 'CNY' },
        },
      });
  });

  it('knows from the list what moves stock and what is a service', () => {
    const [event] = recordSale(sale({ sku: 'TEA', quantity: 1 }, { sku: 'BAG', quantity: 1 }), fold(shift, [opened]), {
      ...{ now: '', by: '', given: listing },
    });
    expect(event?.data).toMatchObject({ lines: [{ stocked: true }, { stocked: false }] });
  });

  it('is numbered on from returns and sales alike: a gap would show', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (kinds) => {
        let state = fold(shift, [opened]);
        const numbers = kinds.map((isSale) => {
          const line = { sku: 'TEA', quantity: 1 };
          const events = isSale
            ? recordSale(sale(line), state, { now: '', by: '', given: listing })
            : recordReturn(giveBack(line), state, { now: '', by: '', given: { listing } });
          state = fold(shift, events, state);
          return (events[0]?.data as { number: number }).number;
        });
        expect(numbers).toEqual(kinds.map((_, n) => n + 1));
      }),
    );
  });

  it.each([
    ['unknown-sku', { sku: 'GHOST', quantity: 1 }],
    ['unknown-sku', { sku: 'GHOST', quantity: 1, unitPrice: cny(1) }],
    ['currency-mismatch', { sku: 'MUG', quantity: 1 }],
    ['currency-mismatch', { sku: 'TEA', quantity: 1, unitPrice: { amountMinor: 1, currency: 'GBP' } }],
  ])('is refused: %s', (code, line) => {
    given(shift, opened).when(recordSale, sale(line), { given: listing }).thenRefused(code);
  });

  it('is refused when it is more than can be counted', () => {
    const line = { sku: 'TEA', quantity: 1_000_000, unitPrice: cny(1_000_000_000) };
    given(shift, opened)
      .when(recordSale, sale(...Array.from({ length: 10 }, () => line)), { given: listing })
      .thenRefused('amount-too-large');
  });

  it('needs an open shift', () => {
    const line = { sku: 'TEA', quantity: 1 };
    given(shift).when(recordSale, sale(line), { given: listing }).thenRefused('unknown-shift');
    given(shift, opened, closed).when(recordSale, sale(line), { given: listing }).thenRefused('shift-closed');
    given(shift, opened, closed).when(recordReturn, giveBack(line), { given: { listing } }).thenRefused('shift-closed');
  });
});

describe('a return over the counter', () => {
  const facts: ReturnFacts = { listing };
  const fromSale = (returned = 0): ReturnFacts => ({
    listing,
    original: { lines: [teaLine(1, 5000), teaLine(1, 5000)], returned: new Map([['TEA', returned]]) },
  });
  const named = (...lines: Scanned[]): RecordReturn =>
    Object.assign(giveBack(...lines), { originalSaleId: 'sale-0', reason: 'stale' });
  const back = (quantity: number, each: number, more: object): EventOf<ShiftEvents> => ({
    type: 'SaleReturnRecorded',
    data: {
      ...{ returnId: 'return-1', ...till, number: 1, lines: [teaLine(quantity, each)], reason: 'not given' },
      totals: { lines: 1, units: -quantity, amountMinor: -quantity * each, currency: 'CNY' },
      ...more,
    },
  });

  it('may bring anything when it names no sale, at the price of the list', () => {
    given(shift, opened)
      .when(recordReturn, giveBack({ sku: 'TEA', quantity: 500 }), { given: facts })
      .then(back(500, 8800, {}));
  });

  it('of a named sale is paid out at the price it was sold for', () => {
    given(shift, opened)
      .when(recordReturn, named({ sku: 'TEA', quantity: 2 }), { given: fromSale() })
      .then(back(2, 5000, { originalSaleId: 'sale-0', reason: 'stale' }));
  });

  it('rounds half a penny up, as a credit note does', () => {
    const [event] = recordReturn(giveBack({ sku: 'ROPE', quantity: 1 }), fold(shift, [opened]), {
      now: '',
      by: '',
      given: facts,
    });
    expect(event?.data).toMatchObject({ lines: [{ amountMinor: 2 }], totals: { amountMinor: -2 } });
  });

  it('needs the sale that it names', () => {
    given(shift, opened)
      .when(recordReturn, named({ sku: 'TEA', quantity: 1 }), { given: facts })
      .thenRefused('unknown-sale');
  });

  it('takes no more back than was sold and is still out', () => {
    const refused = (facts: ReturnFacts, ...lines: Scanned[]): void =>
      given(shift, opened)
        .when(recordReturn, named(...lines), { given: facts })
        .thenRefused('more-than-sold');
    refused(fromSale(), { sku: 'TEA', quantity: 3 });
    refused(fromSale(), { sku: 'TEA', quantity: 1 }, { sku: 'TEA', quantity: 2 });
    refused(fromSale(1), { sku: 'TEA', quantity: 2 });
    refused(fromSale(), { sku: 'BAG', quantity: 1 });
  });
});

describe('the documents of the tills', () => {
  const saleEvent = recorded('hema', 'shift:s1', 'SaleRecorded', sold.data);
  const facts = { ...till, number: 2, lines: [teaLine(1)], reason: 'stale' };
  const totals = { lines: 1, units: -1, amountMinor: -8800, currency: 'CNY' };
  const returnEvent = (originalSaleId?: string): ReturnType<typeof recorded> =>
    recorded('hema', 'shift:s1', 'SaleReturnRecorded', { ...facts, totals, returnId: 'return-1', originalSaleId });

  it('are one row each, sale or return', () => {
    const rows = applied(documentView, saleEvent, returnEvent('sale-1'));
    expect([...rows.values()]).toMatchObject([
      { id: 'sale-1', kind: 'sale', number: 1, units: 2, totalMinor: 17_600, originalSaleId: null, reason: null },
      { id: 'return-1', kind: 'return', number: 2, units: -1, totalMinor: -8800, originalSaleId: 'sale-1', reason: 'stale' },
    ]);
  });

  it('tell how much of a sale has come back', () => {
    const rows = applied(returnedView, returnEvent('sale-1'), returnEvent('sale-1'), returnEvent());
    expect([...rows.values()]).toEqual([{ saleId: 'sale-1', sku: 'TEA', quantity: 2 }]);
  });
});
