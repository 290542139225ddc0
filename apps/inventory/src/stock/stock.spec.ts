import { applied, givenStreams, reactions, recorded } from '#libs/eventsourcing/testing';
import { fold, type AnyEvent } from '#libs/eventsourcing/vocabulary';
import { availabilityView } from './availability.view';
import { counterMovesStock } from './counter.process';
import { ReturnToStock, returnToStock } from './return-to-stock';
import { returnsRestock } from './returns.process';
import { SellAtCounter, sellAtCounter } from './sell-at-counter';
import { available, stock } from './stock';

const at = { sku: 'A', location: 'store-1' };
const received = (quantity: number): AnyEvent => ({ type: 'StockReceived', data: { ...at, quantity, receiptId: 'r' } });
const reserved = (reservationId: string, quantity: number): AnyEvent => ({
  type: 'StockReserved',
  data: { ...at, quantity, reservationId },
});
const sale = Object.assign(new SellAtCounter(), { saleId: 's', location: 'store-1', lines: [{ sku: 'A', quantity: 3 }] });

describe('stock of a SKU at a place', () => {
  it('can promise what is on hand less what open reservations hold', () => {
    const state = fold(stock, [received(10), reserved('o1', 2), reserved('o2', 3)]);
    expect([state.onHand, state.reserved.units, available(state)]).toEqual([10, 5, 5]);
  });

  it('can promise again what was released, and no longer has what was shipped', () => {
    const state = fold(stock, [
      ...[received(10), reserved('o1', 2), reserved('o2', 3)],
      { type: 'StockReleased', data: { ...at, quantity: 2, reservationId: 'o1' } },
      { type: 'StockShipped', data: { ...at, quantity: 3, reservationId: 'o2' } },
    ]);
    expect([state.onHand, state.reserved.units, available(state)]).toEqual([7, 0, 7]);
  });
});

describe('a sale over the counter', () => {
  const sold = { stream: 'stock:A@store-1', events: [{ type: 'StockSold', data: { ...at, quantity: 3, saleId: 's' } }] };

  it('takes each SKU off the books of the store', () => {
    givenStreams([stock, 'A@store-1', received(10)])
      .when(sellAtCounter, sale)
      .then(sold);
  });

  it('is a fact also where the books have less, or have promised it', () => {
    givenStreams([stock, 'A@store-1', received(3), reserved('o1', 3)])
      .when(sellAtCounter, sale)
      .then(sold);
    const found = { type: 'StockDiscrepancyFound', data: { sku: 'A', location: 'store-1', onHand: -3, saleId: 's' } };
    givenStreams()
      .when(sellAtCounter, sale)
      .then({ ...sold, events: [...sold.events, found] });
  });
});

describe('a return', () => {
  it('puts each SKU on the books of the place that took it', () => {
    const command = Object.assign(new ReturnToStock(), {
      returnId: 'x',
      location: 'store-1',
      lines: [{ sku: 'A', quantity: 2 }],
    });
    givenStreams()
      .when(returnToStock, command)
      .then({ stream: 'stock:A@store-1', events: [{ type: 'StockReturned', data: { ...at, quantity: 2, returnId: 'x' } }] });
  });
});

describe('what happens elsewhere', () => {
  const line = (sku: string, quantity: number, stocked = true): object => ({
    sku,
    quantity,
    stocked,
    unitPrice: { amountMinor: 100, currency: 'CNY' },
    amountMinor: 100 * quantity,
  });
  const goods = [line('A', 1), line('POST', 1, false), line('A', 2)];
  const till = (type: string, data: object): object[] => reactions(counterMovesStock, recorded('hema', 'shift:1', type, data));

  it('a sale at a till is taken off the stock of its store: one line per SKU, no services', () => {
    expect(till('SaleRecorded', { saleId: 's', store: 'store-1', lines: goods })).toEqual([sale]);
  });

  it('a return at a till goes back to the stock of its store', () => {
    expect(till('SaleReturnRecorded', { returnId: 'x', store: 'store-1', lines: goods })).toEqual([
      Object.assign(new ReturnToStock(), { returnId: 'x', location: 'store-1', lines: [{ sku: 'A', quantity: 3 }] }),
    ]);
  });

  it('an online return goes back to the stock of the place that took it', () => {
    const event = recorded('storefront', 'return:x', 'ReturnAccepted', { returnId: 'x', location: 'store-1', lines: goods });
    expect(reactions(returnsRestock, event)).toEqual([
      Object.assign(new ReturnToStock(), { returnId: 'x', location: 'store-1', lines: [{ sku: 'A', quantity: 3 }] }),
    ]);
  });

  it('services alone move nothing', () => {
    const services = [line('POST', 1, false)];
    expect(till('SaleRecorded', { saleId: 's', store: 'store-1', lines: services })).toEqual([]);
    const event = recorded('storefront', 'return:x', 'ReturnAccepted', { returnId: 'x', location: 'store-1', lines: services });
    expect(reactions(returnsRestock, event)).toEqual([]);
  });
});

describe('the availability view', () => {
  const event = (type: string, quantity: number, location = 'store-1'): ReturnType<typeof recorded> =>
    recorded('inventory', `stock:A@${location}`, type, { sku: 'A', location, quantity });

  it('has one row per SKU and place', () => {
    const rows = applied(availabilityView, event('StockReceived', 5), event('StockReceived', 7, 'hz-dc'));
    expect([...rows.values()]).toMatchObject([
      { sku: 'A', location: 'store-1', onHand: 5, reserved: 0, available: 5 },
      { sku: 'A', location: 'hz-dc', onHand: 7, reserved: 0, available: 7 },
    ]);
  });

  it('moves on hand and reserved as the stock itself does', () => {
    const events = [
      ...[event('StockReceived', 20), event('StockReserved', 6), event('StockReleased', 1), event('StockShipped', 2)],
      ...[event('StockSold', 4), event('StockReturned', 1), event('StockAdjusted', -3)],
    ];
    const [row] = applied(availabilityView, ...events).values();
    expect(row).toMatchObject({ onHand: 12, reserved: 3, available: 9 });
  });
});
