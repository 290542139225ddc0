import type { GeoPoint, Recipient, Sealed, ShipmentEvents } from '#libs/contracts';
import { applied, given, reactions, recorded } from '#libs/eventsourcing/testing';
import type { EventOf } from '#libs/eventsourcing/vocabulary';
import { CancelShipment, cancelShipment } from './cancel-shipment';
import { CreateShipment, createShipment } from './create-shipment';
import { DeliverShipment, deliverShipment } from './deliver-shipment';
import { ordersBecomeShipments } from './orders.process';
import { ShipShipment, shipShipment } from './ship-shipment';
import { shipment } from './shipment';
import { shipmentView } from './shipment.view';

type Event = EventOf<ShipmentEvents>;

const parcel = {
  orderId: 'o1',
  location: 'hz-dc',
  lines: [{ sku: 'TEA', quantity: 3 }],
  deliverTo: 'sealed:v1:key-of-li-na-0001:a-place' as Sealed<GeoPoint>,
  recipient: 'sealed:v1:key-of-li-na-0001:a-name' as Sealed<Recipient>,
};
const about = { shipmentId: 'o1', orderId: 'o1', location: 'hz-dc' };
const created: Event = { type: 'ShipmentCreated', data: { shipmentId: 'o1', ...parcel } };
const shipped: Event = { type: 'ShipmentShipped', data: { ...about, carrier: 'own-riders' } };
const delivered: Event = { type: 'ShipmentDelivered', data: about };
const cancelled: Event = { type: 'ShipmentCancelled', data: about };
const declined: Event = { type: 'ShipmentCancellationDeclined', data: { ...about, reason: 'already-shipped' } };

const create = Object.assign(new CreateShipment(), parcel);
const ship = Object.assign(new ShipShipment(), { shipmentId: 'o1' });
const deliver = Object.assign(new DeliverShipment(), { shipmentId: 'o1' });
const cancel = Object.assign(new CancelShipment(), { shipmentId: 'o1' });

describe('a shipment', () => {
  it('begins with its order', () => {
    given(shipment).when(createShipment, create).then(created);
  });

  it('begins also when the order has no goods', () => {
    given(shipment)
      .when(createShipment, Object.assign(new CreateShipment(), { ...parcel, lines: [] }))
      .then({ type: 'ShipmentCreated', data: { shipmentId: 'o1', ...parcel, lines: [] } });
  });

  it.each([[[]], [[shipped]], [[shipped, delivered]], [[cancelled]]])('begins once: %j', (more: Event[]) => {
    given(shipment, created, ...more)
      .when(createShipment, create)
      .thenNothing();
  });
});

describe('shipping', () => {
  it('hands the parcel to our own riders, or to who is named', () => {
    given(shipment, created).when(shipShipment, ship).then(shipped);
    given(shipment, created)
      .when(shipShipment, Object.assign(new ShipShipment(), { shipmentId: 'o1', carrier: 'cainiao' }))
      .then({ type: 'ShipmentShipped', data: { ...about, carrier: 'cainiao' } });
  });

  it.each([[[shipped]], [[shipped, delivered]], [[shipped, declined]]])('is done once: %j', (more: Event[]) => {
    given(shipment, created, ...more)
      .when(shipShipment, ship)
      .thenNothing();
  });

  it('is refused when the order was called off, or never was', () => {
    given(shipment, created, cancelled).when(shipShipment, ship).thenRefused('shipment-cancelled');
    given(shipment).when(shipShipment, ship).thenRefused('unknown-shipment');
  });
});

describe('delivering', () => {
  it('follows shipping', () => {
    given(shipment, created, shipped).when(deliverShipment, deliver).then(delivered);
    given(shipment, created, shipped, declined).when(deliverShipment, deliver).then(delivered);
  });

  it('is done once', () => {
    given(shipment, created, shipped, delivered).when(deliverShipment, deliver).thenNothing();
  });

  it('is refused before the parcel has left, when it never will, and when there is none', () => {
    given(shipment, created).when(deliverShipment, deliver).thenRefused('shipment-not-shipped');
    given(shipment, created, cancelled).when(deliverShipment, deliver).thenRefused('shipment-cancelled');
    given(shipment).when(deliverShipment, deliver).thenRefused('unknown-shipment');
  });
});

describe('cancelling', () => {
  it('stops a parcel that is still here', () => {
    given(shipment, created).when(cancelShipment, cancel).then(cancelled);
  });

  it.each([[[shipped]], [[shipped, delivered]]])('is declined when the parcel has left: %j', (more: Event[]) => {
    given(shipment, created, ...more)
      .when(cancelShipment, cancel)
      .then(declined);
  });

  it('is answered once', () => {
    given(shipment, created, cancelled).when(cancelShipment, cancel).thenNothing();
    given(shipment, created, shipped, declined).when(cancelShipment, cancel).thenNothing();
    given(shipment, created, shipped, declined, delivered).when(cancelShipment, cancel).thenNothing();
  });

  it('says nothing without a parcel', () => {
    given(shipment).when(cancelShipment, cancel).thenNothing();
  });
});

describe('what orders do to parcels', () => {
  const storefrontSays = (type: string, data: object): object[] =>
    reactions(ordersBecomeShipments, recorded('storefront', 'order:o1', type, { orderId: 'o1', ...data }));

  it('a confirmed order is packed where it is held: one line per SKU, no services', () => {
    const { location, deliverTo, recipient } = parcel;
    const lines = [
      { sku: 'TEA', quantity: 1, stocked: true },
      { sku: 'POST', quantity: 1, stocked: false },
      { sku: 'TEA', quantity: 2, stocked: true },
    ];
    expect(storefrontSays('OrderConfirmed', { location, deliverTo, recipient, lines })).toEqual([create]);
    expect(storefrontSays('OrderConfirmed', { location, deliverTo, recipient, lines: lines.slice(1, 2) })).toEqual([
      Object.assign(new CreateShipment(), { ...parcel, lines: [] }),
    ]);
  });

  it('an order that shall be cancelled has its parcel stopped', () => {
    expect(storefrontSays('OrderCancellationRequested', { reason: 'too many' })).toEqual([cancel]);
  });
});

describe('the shipments view', () => {
  const rowsAfter = (...events: Event[]) => [
    ...applied(shipmentView, ...events.map(({ type, data }) => recorded('fulfillment', 'shipment:o1', type, data))).values(),
  ];
  const { orderId: id, ...facts } = parcel;
  const row = { id, ...facts, parcels: null, carrier: null, createdAt: '2026-01-02T03:04:05.678Z' };

  it.each<[string, Event[], string | null]>([
    ['created', [created], null],
    ['shipped', [created, shipped], 'own-riders'],
    ['shipped', [created, shipped, declined], 'own-riders'],
    ['delivered', [created, shipped, delivered], 'own-riders'],
    ['cancelled', [created, cancelled], null],
  ])('has one row per parcel: %s', (status, events, carrier) => {
    expect(rowsAfter(...events)).toEqual([{ ...row, status, carrier }]);
  });

  it('cannot begin in the middle of a shipment', () => {
    expect(() => rowsAfter(shipped)).toThrow('never created');
  });
});
