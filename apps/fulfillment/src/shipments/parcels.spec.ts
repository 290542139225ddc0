import type { GeoPoint, Sealed, ShipmentEvents } from '#libs/contracts';
import { applied, given, reactions, recorded } from '#libs/eventsourcing/testing';
import type { EventOf } from '#libs/eventsourcing/vocabulary';
import { CancelShipment, cancelShipment } from './cancel-shipment';
import { CreateShipment, createShipment } from './create-shipment';
import { MoveShipment, moveShipment } from './move-shipment';
import { ordersBecomeShipments } from './orders.process';
import { ShipShipment, shipShipment } from './ship-shipment';
import { shipment } from './shipment';
import { shipmentView } from './shipment.view';

type Event = EventOf<ShipmentEvents>;

const TEA = { sku: 'TEA', quantity: 3 };
const CUP = { sku: 'CUP', quantity: 1 };
const parcels = [
  { location: 'hz', lines: [TEA] },
  { location: 'sh', lines: [CUP] },
];
const deliverTo = 'sealed:v1:key-of-li-na-0001:a-place' as Sealed<GeoPoint>;
const facts = { orderId: 'o1', location: 'hz', lines: [TEA, CUP], deliverTo, parcels };
const about = (location: string) => ({ shipmentId: 'o1', orderId: 'o1', location });
const created: Event = { type: 'ShipmentCreated', data: { shipmentId: 'o1', ...facts } };
const left = (location: string, lines: object[]): Event =>
  ({ type: 'ShipmentParcelShipped', data: { ...about(location), carrier: 'own-riders', lines } }) as Event;
const shipped = (location: string): Event => ({ type: 'ShipmentShipped', data: { ...about(location), carrier: 'own-riders' } });
const movedTo = (location: string): Event => ({ type: 'ShipmentMoved', data: about(location) });
const ship = (location?: string): ShipShipment =>
  Object.assign(new ShipShipment(), { shipmentId: 'o1', ...(location && { location }) });
const move = Object.assign(new MoveShipment(), { shipmentId: 'o1', location: 'nb' });

describe('an order that several places pack', () => {
  it('begins with what each of them packs', () => {
    given(shipment).when(createShipment, Object.assign(new CreateShipment(), facts)).then(created);
  });

  it('leaves parcel by parcel, and has left with the last one', () => {
    given(shipment, created)
      .when(shipShipment, ship('sh'))
      .then(left('sh', [CUP]));
    given(shipment, created, left('sh', [CUP]))
      .when(shipShipment, ship('hz'))
      .then(shipped('hz'));
  });

  it('leaves at once when nobody says from where', () => {
    given(shipment, created)
      .when(shipShipment, ship())
      .then(left('hz', [TEA]), shipped('sh'));
    given(shipment, created, left('hz', [TEA]))
      .when(shipShipment, ship())
      .then(shipped('sh'));
  });

  it('leaves each place once', () => {
    given(shipment, created, left('sh', [CUP]))
      .when(shipShipment, ship('sh'))
      .thenNothing();
    given(shipment, created, left('sh', [CUP]), shipped('hz'))
      .when(shipShipment, ship('sh'))
      .thenNothing();
  });

  it('leaves no place that packs nothing of it', () => {
    given(shipment, created).when(shipShipment, ship('nb')).thenRefused('not-packed-there');
  });

  it('is called off whole or not at all', () => {
    const cancel = Object.assign(new CancelShipment(), { shipmentId: 'o1' });
    given(shipment, created)
      .when(cancelShipment, cancel)
      .then({ type: 'ShipmentCancelled', data: about('hz') });
    given(shipment, created, left('sh', [CUP]))
      .when(cancelShipment, cancel)
      .then({ type: 'ShipmentCancellationDeclined', data: { ...about('hz'), reason: 'already-shipped' } });
  });
});

describe('an order that other places pack now', () => {
  it('is packed there', () => {
    given(shipment, created).when(moveShipment, move).then(movedTo('nb'));
    given(shipment, created, movedTo('nb')).when(shipShipment, ship()).then(shipped('nb'));
    given(shipment, created, movedTo('nb')).when(shipShipment, ship('hz')).thenRefused('not-packed-there');
  });

  it('leaves only from where it is still to be packed', () => {
    given(shipment, created, left('hz', [TEA]), movedTo('nb'))
      .when(shipShipment, ship())
      .then(shipped('nb'));
  });

  it('is not moved after it has left or was called off', () => {
    for (const ended of [shipped('hz'), { type: 'ShipmentCancelled', data: about('hz') } as Event]) {
      given(shipment, created, ended).when(moveShipment, move).thenNothing();
    }
    given(shipment).when(moveShipment, move).thenNothing();
  });

  it('follows what the storefront says', () => {
    const event = recorded('storefront', 'order:o1', 'OrderRelocated', { orderId: 'o1', customer: 'li-na', location: 'nb' });
    expect(reactions(ordersBecomeShipments, event)).toEqual([move]);
  });
});

describe('the shipments view of several parcels', () => {
  const rowAfter = (...events: Event[]) =>
    [...applied(shipmentView, ...events.map(({ type, data }) => recorded('fulfillment', 'shipment:o1', type, data))).values()][0];

  it('says who packs what, and what has left', () => {
    expect(rowAfter(created)).toMatchObject({ status: 'created', location: 'hz', parcels });
    const [first, second] = parcels;
    expect(rowAfter(created, left('sh', [CUP]))).toMatchObject({
      status: 'created',
      parcels: [first, { ...second, carrier: 'own-riders' }],
    });
    expect(rowAfter(created, movedTo('nb'))).toMatchObject({ location: 'nb', parcels: null });
  });
});
