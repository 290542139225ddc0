import { applied, recorded } from '#libs/eventsourcing/testing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { everywhere, unitsOf } from './stock-units';
import { stockView, type StockRow } from './stock.view';

const move = (type: string, quantity: number): RecordedEvent =>
  recorded('inventory', 'stock:A@dc', type, { sku: 'A', location: 'dc', quantity });
const after = (...events: RecordedEvent[]): Partial<StockRow> => [...applied(stockView, ...events).values()][0] ?? {};

describe('the stock of one SKU at one place', () => {
  it('rises by what is received, which is no trade', () => {
    expect(after(move('StockReceived', 10))).toEqual({
      sku: 'A',
      location: 'dc',
      onHand: 10,
      reserved: 0,
      inTransit: 0,
      quarantined: 0,
      netChange: 0,
    });
  });

  it('is promised, and free again', () => {
    const held = [move('StockReceived', 10), move('StockReserved', 4)];
    expect(after(...held)).toMatchObject({ onHand: 10, reserved: 4, netChange: 0 });
    expect(after(...held, move('StockReleased', 4))).toMatchObject({ onHand: 10, reserved: 0, netChange: 0 });
  });

  it('is promised until it leaves', () => {
    const shipped = [move('StockReceived', 10), move('StockReserved', 4), move('StockShipped', 4)];
    expect(after(...shipped)).toMatchObject({ onHand: 6, reserved: 0, netChange: -4 });
  });

  it.each([
    ['what a till sells', 'StockSold', 3, -3],
    ['what comes back', 'StockReturned', 3, 3],
    ['what is found', 'StockAdjusted', 3, 3],
    ['what is lost', 'StockAdjusted', -3, -3],
  ])('changes by %s', (_what, type, quantity, change) => {
    expect(after(move(type, quantity))).toMatchObject({ onHand: change, netChange: change });
  });
});

describe('stock that moves between places', () => {
  it('is off the books of one and on its way to the other, which is no trade', () => {
    expect(after(move('StockReceived', 10), move('StockTransferSent', 4))).toMatchObject({ onHand: 6, netChange: 0 });
    const announced = move('StockTransferAnnounced', 4);
    expect(after(announced)).toMatchObject({ onHand: 0, inTransit: 4, quarantined: 0, netChange: 0 });
    expect(after(announced, move('StockTransferReceived', 3))).toMatchObject({
      onHand: 3,
      inTransit: 1,
      quarantined: 0,
      netChange: 0,
    });
  });

  it('is written off where it is lost on the way', () => {
    const lost = [move('StockTransferAnnounced', 4), move('StockTransferLost', 4)];
    expect(after(...lost)).toMatchObject({ onHand: 0, inTransit: 0, quarantined: 0, netChange: -4 });
  });
});

describe('stock as it is read', () => {
  it('can be promised as far as it is not promised yet', () => {
    const counted = { onHand: 10, reserved: 4, inTransit: 3, quarantined: 0, netChange: -2 };
    expect(unitsOf(counted)).toEqual({ ...counted, available: 6 });
  });

  it('is added up over all places', () => {
    const rows = [
      { location: 'dc', onHand: 10, reserved: 4, inTransit: 0, quarantined: 0, netChange: -2 },
      { location: 'soho', onHand: -1, reserved: 0, inTransit: 3, quarantined: 0, netChange: -1 },
    ];
    expect(everywhere('A', rows)).toMatchObject({
      sku: 'A',
      onHand: 9,
      reserved: 4,
      available: 5,
      inTransit: 3,
      quarantined: 0,
      netChange: -3,
    });
    expect(everywhere('A', rows).byLocation).toHaveLength(2);
    const nothing = { onHand: 0, reserved: 0, available: 0, inTransit: 0, quarantined: 0, netChange: 0 };
    expect(everywhere('B', [])).toEqual({ sku: 'B', ...nothing, byLocation: [] });
  });
});
