import { givenStreams, type History } from '#libs/eventsourcing/testing';
import type { AnyEvent } from '#libs/eventsourcing/vocabulary';
import { FIRST_RULE } from '../sourcing/sourcing-rule';
import { stock, stockId } from '../stock/stock';
import { AllocateOrder, allocateOrder } from './allocate-order';
import type { Choice } from './out-of-stock';
import { ReleaseReservation, releaseReservation } from './release-reservation';
import { reservation } from './reservation';
import { ShipParcel, shipParcel } from './ship-parcel';
import { ShipReservation, shipReservation } from './ship-reservation';
import { SourceAgain, sourceAgain } from './source-again';

const A = { sku: 'A', quantity: 2 };
const B = { sku: 'B', quantity: 1 };
const lines = [A, B];
const at = (location: string, km = 1) => ({ location, distanceKm: km, points: km });
const onHand = (sku: string, location: string, quantity: number, ...more: AnyEvent[]): History => [
  stock,
  stockId(sku, location),
  { type: 'StockReceived', data: { sku, location, quantity, receiptId: 'r' } },
  ...more,
];
const held = (sku: string, location: string, quantity: number): AnyEvent => ({
  type: 'StockReserved',
  data: { sku, location, quantity, reservationId: 'o1' },
});
const said = (type: string, data: object) => ({
  stream: 'reservation:o1',
  events: [{ type, data: { reservationId: 'o1', ...data } }],
});
const onStock = (type: string, location: string, ...some: { sku: string; quantity: number }[]) =>
  some.map((line) => ({
    stream: `stock:${line.sku}@${location}`,
    events: [{ type, data: { ...line, location, reservationId: 'o1' } }],
  }));
const made = (data: object): History => [
  reservation,
  'o1',
  { type: 'StockReservationMade', data: { reservationId: 'o1', demand: 'online-order', distanceKm: 1, ...data } },
];
const again = (location?: string): SourceAgain =>
  Object.assign(new SourceAgain(), { reservationId: 'o1', reason: 'rejected', at: '', ...(location && { location }) });
const choice = (...places: string[]): Choice => ({ lines, shelves: [], candidates: places.map((place, n) => at(place, n + 2)) });

const whole = [
  made({ location: 'near', lines }),
  onHand('A', 'near', 2, held('A', 'near', 2)),
  onHand('B', 'near', 1, held('B', 'near', 1)),
];
const PARCELS = [
  { location: 'near', lines: [A] },
  { location: 'mid', lines: [B] },
];
const cut = [
  made({ location: 'near', lines, parcels: PARCELS }),
  onHand('A', 'near', 2, held('A', 'near', 2)),
  onHand('B', 'mid', 1, held('B', 'mid', 1)),
];

describe('goods that a place cannot give', () => {
  it('are held elsewhere instead, in one step', () => {
    givenStreams(...whole, onHand('A', 'far', 2), onHand('B', 'far', 1))
      .when(sourceAgain, again(), { given: choice('far') })
      .then(
        said('StockReservationMoved', {
          ...{ demand: 'online-order', location: 'far', lines, distanceKm: 2 },
          ...{ from: 'near', reason: 'rejected', released: lines, reserved: [{ location: 'far', lines }] },
        }),
        ...onStock('StockReleased', 'near', A, B),
        ...onStock('StockReserved', 'far', A, B),
      );
  });

  it('stay where they are when nobody else has them', () => {
    givenStreams(...whole, onHand('A', 'far', 1))
      .when(sourceAgain, again(), { given: choice('far') })
      .thenRefused('no-other-place');
  });

  it('are those of the one place that is named, where several hold some', () => {
    givenStreams(...cut, onHand('B', 'far', 1))
      .when(sourceAgain, again('mid'), { given: { ...choice('far'), lines: [B] } })
      .then(
        said('StockReservationMoved', {
          ...{ demand: 'online-order', location: 'near', lines, distanceKm: 2 },
          parcels: [
            { location: 'near', lines: [A] },
            { location: 'far', lines: [B] },
          ],
          ...{ from: 'mid', reason: 'rejected', released: [B], reserved: [{ location: 'far', lines: [B] }] },
        }),
        ...onStock('StockReleased', 'mid', B),
        ...onStock('StockReserved', 'far', B),
      );
  });

  it('have to be named where several places hold some', () => {
    givenStreams(...cut)
      .when(sourceAgain, again(), { given: choice() })
      .thenRefused('not-held-there');
    givenStreams(...cut)
      .when(sourceAgain, again('far'), { given: choice() })
      .thenRefused('not-held-there');
  });

  it.each(['StockReservationReleased', 'StockReservationShipped'])('are not looked for after %s', (type) => {
    const ended: AnyEvent = { type, data: { reservationId: 'o1', location: 'near', lines } };
    const [begun] = whole;
    givenStreams([...begun!, ended] as History)
      .when(sourceAgain, again(), { given: choice('far') })
      .thenRefused('reservation-not-held');
  });

  it('are not looked for when nobody holds any', () => {
    givenStreams()
      .when(sourceAgain, again(), { given: choice('far') })
      .thenRefused('unknown-reservation');
  });
});

describe('an order in several parcels', () => {
  const order = Object.assign(new AllocateOrder(), {
    ...{ orderId: 'o1', demand: 'online-order', lines, deliverTo: { latitude: 0, longitude: 0 } },
  });
  const parts = (maxParcels: number) => ({ places: [at('near', 1), at('mid', 3)], limits: { ...FIRST_RULE, maxParcels } });

  it('is held at several places where none has all of it and the rule allows it', () => {
    givenStreams(onHand('A', 'near', 2), onHand('B', 'mid', 1))
      .when(allocateOrder, order, { given: { candidates: [at('near')], parts: parts(2) } })
      .then(
        said('StockReservationMade', {
          ...{ demand: 'online-order', location: 'near', lines, distanceKm: 3, parcels: PARCELS },
        }),
        ...onStock('StockReserved', 'near', A),
        ...onStock('StockReserved', 'mid', B),
      );
  });

  it('is held whole, or not at all, where the rule does not', () => {
    givenStreams(onHand('A', 'near', 2), onHand('B', 'mid', 1))
      .when(allocateOrder, order, { given: { candidates: [at('near')], parts: parts(1) } })
      .then(
        said('StockReservationRefused', {
          ...{ demand: 'online-order', reason: 'out-of-stock', short: [{ sku: 'B', requested: 1, available: 0 }] },
        }),
      );
  });

  it('is let go everywhere', () => {
    givenStreams(...cut)
      .when(releaseReservation, Object.assign(new ReleaseReservation(), { orderId: 'o1' }))
      .then(
        said('StockReservationReleased', { location: 'near', lines, parcels: PARCELS }),
        ...onStock('StockReleased', 'near', A),
        ...onStock('StockReleased', 'mid', B),
      );
  });

  const parcelLeft = Object.assign(new ShipParcel(), { orderId: 'o1', location: 'near' });
  const gone: AnyEvent = {
    type: 'StockReservationParcelShipped',
    data: { reservationId: 'o1', location: 'near', lines: [A] },
  };

  it('leaves the books parcel by parcel', () => {
    givenStreams(...cut)
      .when(shipParcel, parcelLeft)
      .then(said('StockReservationParcelShipped', { location: 'near', lines: [A] }), ...onStock('StockShipped', 'near', A));
  });

  it('leaves them for good with the last one', () => {
    const [begun, , other] = cut;
    givenStreams([...begun!, gone] as History, other!)
      .when(shipReservation, Object.assign(new ShipReservation(), { orderId: 'o1' }))
      .then(said('StockReservationShipped', { location: 'mid', lines: [B] }), ...onStock('StockShipped', 'mid', B));
  });

  it('has nothing to say of a parcel that has left, or of the last one', () => {
    const [begun] = cut;
    givenStreams([...begun!, gone] as History)
      .when(shipParcel, parcelLeft)
      .thenNothing();
    givenStreams(...whole)
      .when(shipParcel, parcelLeft)
      .thenNothing();
  });
});
