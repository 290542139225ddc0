import { givenStreams, reactions, recorded, type History } from '#libs/eventsourcing/testing';
import { location } from '../locations/location';
import { receipt } from './receipt';
import { ReceiveGoods, receiveGoods } from './receive-goods';
import { ShelveSupplyOrder, shelveSupplyOrder } from './shelve-supply-order';
import { supplyFillsShelves } from './supply.process';

const dc: History = [
  location,
  'hz-dc',
  {
    type: 'LocationRegistered',
    data: { location: 'hz-dc', name: 'Hangzhou DC', kind: 'warehouse', latitude: 30.3, longitude: 120.2 },
  },
];
const lines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
  { sku: 'A', quantity: 3 },
];
const summed = [
  { sku: 'A', quantity: 5 },
  { sku: 'B', quantity: 1 },
];
const delivery = Object.assign(new ReceiveGoods(), { receiptId: 'r1', location: 'hz-dc', lines });
const document = (at: string, receiptId: string) => ({
  stream: `receipt:${receiptId}`,
  events: [{ type: 'GoodsReceived', data: { receiptId, location: at, lines: summed } }],
});
const movement = (at: string, receiptId: string, line: { sku: string; quantity: number }) => ({
  stream: `stock:${line.sku}@${at}`,
  events: [{ type: 'StockReceived', data: { ...line, location: at, receiptId } }],
});

describe('a delivery', () => {
  it('is one document, and one movement per SKU however often a line repeats it', () => {
    givenStreams(dc)
      .when(receiveGoods, delivery)
      .then(document('hz-dc', 'r1'), ...summed.map((line) => movement('hz-dc', 'r1', line)));
  });

  it('cannot come in at a place that nobody registered', () => {
    givenStreams().when(receiveGoods, delivery).thenRefused('unknown-location');
  });

  it('is booked in once', () => {
    givenStreams(dc, [receipt, 'r1', { type: 'GoodsReceived', data: { receiptId: 'r1', location: 'hz-dc', lines: summed } }])
      .when(receiveGoods, delivery)
      .thenNothing();
  });
});

describe('a supply order that a corner shop received', () => {
  const shelve = Object.assign(new ShelveSupplyOrder(), { receiptId: 'so1', location: 'auntie-wang', lines: summed });
  const counted = lines.map((line) => ({ ...line, stocked: true }));

  it('is a receipt at the shop, named after the order', () => {
    const data = { supplyOrderId: 'so1', shop: 'auntie-wang', lines: counted };
    expect(reactions(supplyFillsShelves, recorded('lingshoutong', 'supply-order:so1', 'SupplyOrderReceived', data))).toEqual([
      shelve,
    ]);
  });

  it('without goods is no receipt', () => {
    const data = { supplyOrderId: 'so1', shop: 'auntie-wang', lines: [] };
    expect(reactions(supplyFillsShelves, recorded('lingshoutong', 'supply-order:so1', 'SupplyOrderReceived', data))).toEqual([]);
  });

  it('is on the shelf even before the shop is known as a location', () => {
    givenStreams()
      .when(shelveSupplyOrder, shelve)
      .then(document('auntie-wang', 'so1'), ...summed.map((line) => movement('auntie-wang', 'so1', line)));
  });

  it('is shelved once', () => {
    givenStreams([receipt, 'so1', { type: 'GoodsReceived', data: { receiptId: 'so1', location: 'auntie-wang', lines: summed } }])
      .when(shelveSupplyOrder, shelve)
      .thenNothing();
  });
});
