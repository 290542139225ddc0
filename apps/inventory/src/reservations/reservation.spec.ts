import { givenStreams, reactions, recorded, type History } from '#libs/eventsourcing/testing';
import type { AnyEvent } from '#libs/eventsourcing/vocabulary';
import { stock, stockId } from '../stock/stock';
import { AllocateOrder, allocateOrder } from './allocate-order';
import { HoldNearby, holdNearby } from './hold-nearby';
import { onlineOrdersHoldStock } from './online-orders.process';
import { ReleaseReservation, releaseReservation } from './release-reservation';
import { reservation } from './reservation';
import { ShipReservation, shipReservation } from './ship-reservation';
import { shipmentsTakeStock } from './shipments.process';
import { supplyOrdersHoldStock } from './supply-orders.process';

const lines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
];
const wanted = {
  orderId: 'o1',
  demand: 'online-order' as const,
  lines,
  deliverTo: { latitude: 30.25, longitude: 120.16 },
};
const near = { location: 'near', distanceKm: 1 };
const far = { location: 'far', distanceKm: 20 };
const candidates = { given: { candidates: [near, far] } };
const order = Object.assign(new AllocateOrder(), wanted);
const firstTry = Object.assign(new HoldNearby(), wanted);

const onHand = (sku: string, location: string, quantity: number): History => [
  stock,
  stockId(sku, location),
  { type: 'StockReceived', data: { sku, location, quantity, receiptId: 'r' } },
];
const moved = (type: string, location: string) =>
  lines.map((line) => ({
    stream: `stock:${line.sku}@${location}`,
    events: [{ type, data: { ...line, location, reservationId: 'o1' } }],
  }));
const decided = (type: string, data: object) => ({ stream: 'reservation:o1', events: [{ type, data }] });
const madeAt = ({ location, distanceKm }: typeof near) => [
  decided('StockReservationMade', { reservationId: 'o1', demand: 'online-order', location, lines, distanceKm }),
  ...moved('StockReserved', location),
];
const refusedFor = (...short: object[]) =>
  decided('StockReservationRefused', { reservationId: 'o1', demand: 'online-order', reason: 'out-of-stock', short });

const made: AnyEvent = {
  type: 'StockReservationMade',
  data: { reservationId: 'o1', demand: 'online-order', location: 'near', lines, distanceKm: 1 },
};
const facts = { reservationId: 'o1', location: 'near', lines };
const released: AnyEvent = { type: 'StockReservationReleased', data: facts };
const shipped: AnyEvent = { type: 'StockReservationShipped', data: facts };
const refused: AnyEvent = { type: 'StockReservationRefused', data: { reservationId: 'o1', short: [] } };

describe('allocating an order', () => {
  const enough = (location: string): History[] => [onHand('A', location, 2), onHand('B', location, 1)];

  it('holds every line at the first place that has all of them', () => {
    givenStreams(...enough('near'), ...enough('far'))
      .when(allocateOrder, order, candidates)
      .then(...madeAt(near));
  });

  it('goes past a place that lacks a single unit: all lines at one place or nothing', () => {
    givenStreams(onHand('A', 'near', 1), onHand('B', 'near', 1), ...enough('far'))
      .when(allocateOrder, order, candidates)
      .then(...madeAt(far));
  });

  it('does not promise what is promised to another order', () => {
    const promise: AnyEvent = { type: 'StockReserved', data: { sku: 'A', location: 'near', quantity: 1, reservationId: 'o0' } };
    givenStreams([...onHand('A', 'near', 2), promise], onHand('B', 'near', 1))
      .when(allocateOrder, order, { given: { candidates: [near] } })
      .then(refusedFor({ sku: 'A', requested: 2, available: 1 }));
  });

  it('says what was short at the place that came closest', () => {
    givenStreams(onHand('A', 'near', 1), onHand('B', 'far', 5))
      .when(allocateOrder, order, { given: { candidates: [{ location: 'empty', distanceKm: 0 }, near, far] } })
      .then(refusedFor({ sku: 'A', requested: 2, available: 0 }));
  });

  it('of two places that lack the same lines, speaks of the one that lacks less', () => {
    const more = Object.assign(new AllocateOrder(), { ...wanted, lines: [{ sku: 'A', quantity: 10 }] });
    givenStreams(onHand('A', 'near', 1), onHand('A', 'far', 5))
      .when(allocateOrder, more, candidates)
      .then(refusedFor({ sku: 'A', requested: 10, available: 5 }));
  });

  it('says that nothing is available when nobody carries anything', () => {
    givenStreams()
      .when(allocateOrder, order, { given: { candidates: [] } })
      .then(refusedFor(...lines.map(({ sku, quantity }) => ({ sku, requested: quantity, available: 0 }))));
  });

  it('does not count stock below zero as less than none', () => {
    const sold: AnyEvent = { type: 'StockSold', data: { sku: 'A', location: 'near', quantity: 5, saleId: 's' } };
    givenStreams([stock, 'A@near', sold], onHand('B', 'near', 1))
      .when(allocateOrder, order, { given: { candidates: [near] } })
      .then(refusedFor({ sku: 'A', requested: 2, available: 0 }));
  });

  it('holds an order of services alone at the first place, without lines', () => {
    const services = Object.assign(new AllocateOrder(), { ...wanted, lines: [] });
    const data = { reservationId: 'o1', demand: 'online-order', location: 'near', lines: [], distanceKm: 1 };
    givenStreams().when(allocateOrder, services, candidates).then(decided('StockReservationMade', data));
  });

  it.each([made, refused, released, shipped])('has nothing to say when it is decided: $type', (event) => {
    givenStreams(...enough('near'), [reservation, 'o1', made, event])
      .when(allocateOrder, order, candidates)
      .thenNothing();
  });

  describe('at first nearby', () => {
    it('holds every line at the first place that has all of them', () => {
      givenStreams(...enough('far'))
        .when(holdNearby, firstTry, candidates)
        .then(...madeAt(far));
    });

    it('never refuses', () => {
      givenStreams().when(holdNearby, firstTry, candidates).thenNothing();
    });

    it.each([made, refused, released])('has nothing to say when it is decided: $type', (event) => {
      givenStreams(...enough('near'), [reservation, 'o1', made, event])
        .when(holdNearby, firstTry, candidates)
        .thenNothing();
    });
  });
});

describe('a reservation', () => {
  const release = Object.assign(new ReleaseReservation(), { orderId: 'o1' });
  const ship = Object.assign(new ShipReservation(), { orderId: 'o1' });

  it('is released with all its lines', () => {
    givenStreams([reservation, 'o1', made])
      .when(releaseReservation, release)
      .then(decided('StockReservationReleased', facts), ...moved('StockReleased', 'near'));
  });

  it('is shipped with all its lines', () => {
    givenStreams([reservation, 'o1', made])
      .when(shipReservation, ship)
      .then(decided('StockReservationShipped', facts), ...moved('StockShipped', 'near'));
  });

  it.each([[[]], [[refused]], [[made, released]], [[made, shipped]]])(
    'that holds nothing neither ships nor is released: %j',
    (events) => {
      givenStreams([reservation, 'o1', ...events])
        .when(releaseReservation, release)
        .thenNothing();
      givenStreams([reservation, 'o1', ...events])
        .when(shipReservation, ship)
        .thenNothing();
    },
  );
});

describe('what orders do to stock', () => {
  const goods = [
    { sku: 'A', quantity: 1, stocked: true },
    { sku: 'POST', quantity: 1, stocked: false },
    { sku: 'B', quantity: 1, stocked: true },
    { sku: 'A', quantity: 1, stocked: true },
  ];
  const { deliverTo } = wanted;
  const online = (type: string, data: object): object[] =>
    reactions(onlineOrdersHoldStock, recorded('storefront', 'order:o1', type, { orderId: 'o1', ...data }));
  const supply = (type: string, data: object): object[] =>
    reactions(supplyOrdersHoldStock, recorded('lingshoutong', 'supply-order:o1', type, { supplyOrderId: 'o1', ...data }));

  it('an online order is tried nearby, then everywhere: one line per SKU, no services', () => {
    expect(online('OrderPlaced', { lines: goods, deliverTo })).toEqual([firstTry, order]);
  });

  it('an order that is fetched, or wanted within half an hour, says so, and since when', () => {
    const placedAt = '2026-01-02T03:04:05.678Z';
    const how = { service: 'pickup', at: placedAt };
    expect(online('OrderPlaced', { lines: goods, deliverTo, service: 'pickup', placedAt })).toEqual([
      Object.assign(new HoldNearby(), { ...wanted, ...how }),
      Object.assign(new AllocateOrder(), { ...wanted, ...how }),
    ]);
  });

  it('an order that was not paid or is off lets its goods go', () => {
    const release = Object.assign(new ReleaseReservation(), { orderId: 'o1' });
    expect(online('OrderRejected', { reason: 'payment-declined' })).toEqual([release]);
    expect(online('OrderCancelled', { reason: 'changed my mind' })).toEqual([release]);
  });

  it('an order that was out of stock has nothing to let go', () => {
    expect(online('OrderRejected', { reason: 'out-of-stock' })).toEqual([]);
  });

  it('a supply order is allocated like an online order, for its own demand', () => {
    const demand = 'supply-order';
    expect(supply('SupplyOrderSubmitted', { lines: goods, deliverTo })).toEqual([
      Object.assign(new HoldNearby(), { ...wanted, demand }),
      Object.assign(new AllocateOrder(), { ...wanted, demand }),
    ]);
  });

  it('goods that leave, for a customer or for a shop, leave the books', () => {
    const ship = Object.assign(new ShipReservation(), { orderId: 'o1' });
    const event = recorded('fulfillment', 'shipment:o1', 'ShipmentShipped', { orderId: 'o1' });
    expect(reactions(shipmentsTakeStock, event)).toEqual([ship]);
    expect(supply('SupplyOrderShipped', {})).toEqual([ship]);
  });
});
