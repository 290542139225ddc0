import { givenStreams, type History } from '#libs/eventsourcing/testing';
import type { AnyEvent } from '#libs/eventsourcing/vocabulary';
import { location } from '../locations/location';
import { SellAtCounter, sellAtCounter } from '../stock/sell-at-counter';
import { stock } from '../stock/stock';
import { count } from './count';
import { RecordCount, recordCount } from './record-count';

const store: History = [
  location,
  'wulin',
  { type: 'LocationRegistered', data: { location: 'wulin', name: 'Wulin', kind: 'store', latitude: 30.3, longitude: 120.2 } },
];
const milk = (...events: AnyEvent[]): History => [stock, 'milk@wulin', ...events];
const at = { sku: 'milk', location: 'wulin' };
const received = (quantity: number) => ({ type: 'StockReceived', data: { ...at, quantity, receiptId: 'r1' } });
const sold = (quantity: number) => ({ type: 'StockSold', data: { ...at, quantity, saleId: 's1' } });
const found = (onHand: number) => ({ type: 'StockDiscrepancyFound', data: { ...at, onHand, saleId: 's1' } });
const adjusted = (quantity: number) => ({
  type: 'StockAdjusted',
  data: { ...at, quantity, adjustmentId: 'c1', reason: 'counted' },
});
const resolved = { type: 'StockDiscrepancyResolved', data: { ...at, countId: 'c1' } };

const counted = (units: number): RecordCount =>
  Object.assign(new RecordCount(), { countId: 'c1', location: 'wulin', lines: [{ sku: 'milk', counted: units }] });
const document = (expected: number, units: number) => ({
  stream: 'count:c1',
  events: [
    {
      type: 'StockCountRecorded',
      data: { countId: 'c1', location: 'wulin', lines: [{ sku: 'milk', counted: units, expected, variance: units - expected }] },
    },
  ],
});
const onStock = (...events: AnyEvent[]) => ({ stream: 'stock:milk@wulin', events });

describe('a count', () => {
  it('puts the books right by the variance', () => {
    givenStreams(store, milk(received(10)))
      .when(recordCount, counted(7))
      .then(document(10, 7), onStock(adjusted(-3)));
  });

  it('moves nothing where the books were right, and is on record all the same', () => {
    givenStreams(store, milk(received(10)))
      .when(recordCount, counted(10))
      .then(document(10, 10));
  });

  it('finds what nobody knew of', () => {
    givenStreams(store)
      .when(recordCount, counted(2))
      .then(document(0, 2), onStock(adjusted(2)));
  });

  it('of a moment in the past is held against the books of that moment', () => {
    givenStreams(store, milk(received(10), sold(4)))
      .when(recordCount, counted(9), { given: new Map([['milk', 10]]) })
      .then(document(10, 9), onStock(adjusted(-1)));
  });

  it('cannot be made at a place that nobody registered', () => {
    givenStreams().when(recordCount, counted(2)).thenRefused('unknown-location');
  });

  it('is recorded once', () => {
    const data = { countId: 'c1', location: 'wulin', lines: [] };
    givenStreams(store, [count, 'c1', { type: 'StockCountRecorded', data }])
      .when(recordCount, counted(2))
      .thenNothing();
  });
});

describe('a sale of more than the books have', () => {
  const sell = (quantity: number): SellAtCounter =>
    Object.assign(new SellAtCounter(), { saleId: 's1', location: 'wulin', lines: [{ sku: 'milk', quantity }] });

  it('is a fact, and says that the books are wrong', () => {
    givenStreams(milk(received(2)))
      .when(sellAtCounter, sell(5))
      .then(onStock(sold(5), found(-3)));
  });

  it('says so once', () => {
    givenStreams(milk(received(2), sold(5), found(-3)))
      .when(sellAtCounter, sell(1))
      .then(onStock(sold(1)));
  });

  it('is settled by a count, and said anew after that', () => {
    givenStreams(store, milk(sold(3), found(-3)))
      .when(recordCount, counted(4))
      .then(document(-3, 4), onStock(adjusted(7), resolved));
    givenStreams(milk(sold(3), found(-3), adjusted(7), resolved))
      .when(sellAtCounter, sell(5))
      .then(onStock(sold(5), found(-1)));
  });
});
