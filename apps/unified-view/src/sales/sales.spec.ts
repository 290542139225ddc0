import { recorded, applied } from '#libs/eventsourcing/testing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { orderStream, returned, shiftStream, supplyStream } from '../testing/trade.testing';
import { summaryOf, totalsByChannel, type SalesSum } from './sales-summary';
import { salesView, type SaleEntryRow } from './sales.view';

const entries = (...events: RecordedEvent[]): SaleEntryRow[] => [...applied(salesView, ...events).values()];
const only = (...events: RecordedEvent[]): SaleEntryRow => {
  const all = entries(...events);
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe('the books of trade', () => {
  const { placed, allocated, confirmed, cancelled, cancelledEarly } = orderStream('o1');

  it('take in an online order when it is confirmed, under the id of that event', () => {
    expect(only(placed, allocated, confirmed)).toEqual({
      ...{ id: `storefront-${confirmed.lane}-${confirmed.position}`, kind: 'storefront-order', channel: 'storefront' },
      ...{ document: 'o1', customer: 'Li Na', documents: 1, lines: 2, units: 3, amountMinor: 2310, currency: 'GBP' },
      ...{ happenedAt: confirmed.happenedAt, recordedAt: confirmed.recordedAt },
    });
  });

  it('take a confirmed order that is called off back with a counter-entry, and change nothing that was entered', () => {
    const [sale, counter] = entries(confirmed, cancelled);
    expect(sale).toMatchObject({ documents: 1, amountMinor: 2310 });
    expect(counter).toMatchObject({ kind: 'storefront-order', documents: -1, lines: -2, units: -3, amountMinor: -2310 });
  });

  it('say nothing of an order that is called off before it was a sale', () => {
    expect(entries(placed, allocated, cancelledEarly)).toEqual([]);
  });

  it('take in a return below zero', () => {
    expect(only(returned('r1'))).toMatchObject({
      kind: 'storefront-return',
      documents: 1,
      lines: 2,
      units: -3,
      amountMinor: -2310,
    });
  });

  it('take in what tills sell and take back, without a customer', () => {
    const { sale, takenBack } = shiftStream('s1');
    expect(entries(sale, takenBack)).toMatchObject([
      { kind: 'hema-sale', channel: 'hema', customer: null, units: 3, amountMinor: 2310 },
      { kind: 'hema-return', channel: 'hema', customer: null, units: -3, amountMinor: -2310 },
    ]);
  });

  it('take in a supply order when it is accepted, with the shop as its customer', () => {
    const { submitted, accepted, shipped, received } = supplyStream('so1', 'shop-7');
    expect(only(submitted, accepted, shipped, received)).toMatchObject({
      kind: 'lingshoutong-order',
      customer: 'shop-7',
      units: 3,
    });
  });

  it('take in stock corrections with signed units and no money', () => {
    const data = { adjustmentId: 'a1', location: 'dc', lines: [{ quantity: -5 }, { quantity: 2 }] };
    expect(only(recorded('inventory', 'adjustment:a1', 'StockAdjustmentRecorded', data))).toMatchObject({
      ...{ kind: 'stock-adjustment', channel: null, documents: 1, lines: 2, units: -3, amountMinor: 0, currency: null },
    });
  });

  it('take in ledger corrections with their sign', () => {
    const totals = { lines: 1, units: 1, amountMinor: -1_106_206, currency: 'GBP' };
    const data = { adjustmentId: 'l1', reason: 'bad debt', lines: [], totals };
    expect(only(recorded('payment', 'ledger:l1', 'LedgerAdjusted', data))).toMatchObject({
      ...{ kind: 'ledger-adjustment', channel: null, lines: 1, units: 1, amountMinor: -1_106_206 },
    });
  });
});

describe('the sales summary', () => {
  const sum = (kind: SalesSum['kind'], currency: string | null, documents: number, minor: number): SalesSum => ({
    ...{ kind, currency, documents, minor, lines: documents, units: 10 * documents },
  });
  const sums = [
    sum('hema-sale', 'GBP', 3, 300),
    sum('hema-sale', 'CNY', 1, 99),
    sum('storefront-return', 'GBP', 1, -50),
    sum('stock-adjustment', null, 2, 0),
  ];

  it('is in the currency of most documents, and names the others', () => {
    expect(summaryOf(sums)).toEqual({
      ...{ documents: 6, lines: 6, units: 60, netMinor: 250, currency: 'GBP', otherCurrencies: ['CNY'] },
      byKind: {
        'hema-sale': { documents: 3, lines: 3, units: 30, minor: 300 },
        'storefront-return': { documents: 1, lines: 1, units: 10, minor: -50 },
        'stock-adjustment': { documents: 2, lines: 2, units: 20, minor: 0 },
      },
    });
  });

  it('is in the currency that is asked for, and counts what has no money in every currency', () => {
    expect(summaryOf(sums, 'CNY')).toMatchObject({ documents: 3, netMinor: 99, currency: 'CNY', otherCurrencies: ['GBP'] });
  });

  it('is nothing in no currency where nothing was sold', () => {
    expect(summaryOf([])).toEqual({
      ...{ documents: 0, lines: 0, units: 0, netMinor: 0, currency: null, otherCurrencies: [], byKind: {} },
    });
  });

  it('by channel nets returns, keeps currencies apart and leaves corrections out', () => {
    expect(totalsByChannel([...sums, sum('hema-return', 'GBP', 1, -100)])).toEqual([
      { channel: 'hema', currency: 'GBP', documents: 4, units: 40, minor: 200 },
      { channel: 'hema', currency: 'CNY', documents: 1, units: 10, minor: 99 },
      { channel: 'storefront', currency: 'GBP', documents: 1, units: 10, minor: -50 },
    ]);
  });
});
