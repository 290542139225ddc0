import { Audit } from './audit';
import { fact, type Fact } from './testing/fact';
import { headsOf, logged, SMALL_TRADE, SMALL_VIEWS } from './testing/small-trade';
import type { Views } from './views';

const tea = (quantity: number) => ({ sku: 'tea', quantity });
const onStock = (type: string, location: string, quantity: number): Fact =>
  fact('inventory', `stock:tea@${location}`, type, { ...tea(quantity), location, reservationId: 'o4' });
const reserved = [
  { location: 'soho', lines: [tea(1)] },
  { location: 'shop-7', lines: [tea(1)] },
];

/** The warehouse cannot give what it holds for o4: a store and a shop hold a unit each instead, and the store's parcel leaves. */
const MOVED: readonly Fact[] = [
  fact('inventory', 'reservation:o4', 'StockReservationMoved', {
    ...{ reservationId: 'o4', demand: 'online-order', distanceKm: 1, location: 'soho', lines: [tea(2)], parcels: reserved },
    ...{ from: 'dc', reason: 'rejected', released: [tea(2)], reserved },
  }),
  onStock('StockReleased', 'dc', 2),
  ...reserved.map(({ location }) => onStock('StockReserved', location, 1)),
  fact('fulfillment', 'shipment:o4', 'ShipmentParcelShipped', { orderId: 'o4', location: 'soho', lines: [tea(1)] }),
  fact('inventory', 'reservation:o4', 'StockReservationParcelShipped', {
    ...{ reservationId: 'o4', location: 'soho', lines: [tea(1)] },
  }),
  onStock('StockShipped', 'soho', 1),
];

const stock: Readonly<Record<string, object>> = {
  dc: { reserved: 0 },
  soho: { onHand: 7, netChange: -3 },
  'shop-7': { reserved: 1 },
};
const VIEWS: Views = {
  ...SMALL_VIEWS,
  stock: SMALL_VIEWS.stock.map((row) => (row.sku === 'tea' ? { ...row, ...stock[row.location] } : row)),
  stockSummary: { ...SMALL_VIEWS.stockSummary, onHand: 108, reserved: 1, netChange: -12 },
};

/** What fails, of a log with these facts at its end. */
function failures(facts: readonly Fact[]): string {
  const log = logged([...SMALL_TRADE, ...facts]);
  const audit = new Audit(8);
  log.forEach((event) => audit.take(event));
  return audit
    .checks(headsOf(log), VIEWS)
    .flatMap(({ name, violations }) => violations.map((words) => `${name}: ${words}`))
    .join('\n');
}
const without = (type: string): Fact[] => MOVED.filter((one) => one.type !== type);
const movedOtherwise = (data: object): Fact[] =>
  MOVED.map((one) => (one.type === 'StockReservationMoved' ? { ...one, data: { ...one.data, ...data } } : one));

describe('goods that are held elsewhere now, and leave in several parcels', () => {
  it('keep the books whole', () => {
    expect(failures(MOVED)).toBe('');
  });

  it.each([
    ['StockReservationParcelShipped', 'o4 at soho: there is no match for what left'],
    ['ShipmentParcelShipped', 'o4 at soho: there is no match for what was taken off the books'],
    ['StockReservationMoved', 'reservation o4, tea@soho'],
    ['StockReleased', 'release o4, tea@dc: the document says 2 more units than have moved'],
  ])('are missed without a %s', (type, words) => {
    expect(failures(without(type))).toContain(words);
  });

  it('are missed when they are not what they were', () => {
    const less = [{ location: 'soho', lines: [tea(1)] }];
    expect(failures(movedOtherwise({ reserved: less }))).toContain('o4: what is held elsewhere is not what was let go');
  });
});
