import { letGo } from '../../../../apps/inventory/src/reservations/direct-reservation';
import { hold } from '../../../../apps/inventory/src/reservations/hold';
import { reservation } from '../../../../apps/inventory/src/reservations/reservation';
import { ShipReservation, shipReservation } from '../../../../apps/inventory/src/reservations/ship-reservation';
import { laneOf } from '#libs/eventsourcing';
import type { GeoPoint } from '#libs/contracts';
import type { RecordedEvent, StreamEvents } from '#libs/eventsourcing/vocabulary';
import { decide, decideAgain } from '../decide';
import { Script, type Asked } from '../script';
import { World } from '../world';

const LANES = 8;
const FIRST = Date.UTC(2026, 0, 1);

/** A small trade that writes the logs that services would write: decided by the same rules, on a world of its own. */
export class Story {
  readonly events: RecordedEvent[] = [];
  readonly world = new World();
  private readonly deliveries = new Map<string, GeoPoint>();
  private now = FIRST;

  /** Lets time pass. */
  later(seconds: number): this {
    this.now += seconds * 1000;
    return this;
  }

  get time(): string {
    return new Date(this.now).toISOString();
  }

  place(location: string, kind: string, longitude: number): this {
    const data = { location, name: location, kind, latitude: 30, longitude };
    return this.say('inventory', `location:${location}`, 'LocationRegistered', data);
  }

  receive(sku: string, location: string, quantity: number): this {
    return this.say('inventory', `stock:${sku}@${location}`, 'StockReceived', { sku, location, quantity, receiptId: 'r' });
  }

  sell(sku: string, location: string, quantity: number): this {
    return this.say('inventory', `stock:${sku}@${location}`, 'StockSold', { sku, location, quantity, saleId: 's' });
  }

  /** Anything else that inventory says. */
  fact(stream: string, type: string, data: object): this {
    return this.say('inventory', stream, type, data);
  }

  order(orderId: string, sku: string, quantity: number, longitude = 0): this {
    const lines = [{ sku, quantity, stocked: true, amountMinor: 0 }];
    const deliverTo = { latitude: 30, longitude };
    this.deliveries.set(orderId, deliverTo);
    this.say('storefront', `order:${orderId}`, 'OrderPlaced', { orderId, lines, deliverTo: 'sealed:v1:somewhere' });
    const asked: Asked = { orderId, demand: 'online-order', lines: [{ sku, quantity }], deliverTo };
    this.world.now = this.time;
    return this.write(decide(asked, { location: undefined, distanceKm: 0 }, this.world, {}).events);
  }

  /** A place cannot give what it holds for an order. */
  cannotGive(orderId: string, from: string): this {
    const asked: Asked = { orderId, demand: 'online-order', lines: [], deliverTo: this.deliveries.get(orderId) ?? null };
    this.world.now = this.time;
    const step = { at: this.time, kind: 'move', orderId, from, reason: 'rejected' } as const;
    return this.write(decideAgain(step, asked, this.world, {}));
  }

  confirm(orderId: string): this {
    return this.say('storefront', `order:${orderId}`, 'OrderConfirmed', { orderId });
  }

  /** Goods for a cart, until they are let go. */
  cart(reservationId: string, sku: string, location: string, quantity: number): this {
    const asked = { orderId: reservationId, demand: 'direct' as const, lines: [{ sku, quantity }] };
    return this.write(hold(asked, { location, distanceKm: 0 }, this.world.stateOf));
  }

  expire(reservationId: string): this {
    return this.end(reservationId, 'StockReservationExpired');
  }

  release(orderId: string): this {
    return this.end(orderId, 'StockReservationReleased');
  }

  ship(orderId: string): this {
    const given = this.world.stateOf(reservation, orderId);
    const command = Object.assign(new ShipReservation(), { orderId });
    return this.write(shipReservation(command, this.world.stateOf, { now: this.time, by: 'test', given }));
  }

  /** What a reader of the logs gets; the storefront has opened what is sealed. */
  script(from = '1970-01-01'): Script {
    const script = new Script(from);
    this.events.forEach((event) => script.take(event));
    for (const [orderId, deliverTo] of this.deliveries) Object.assign(script.asked.get(orderId) ?? {}, { deliverTo });
    return script;
  }

  private end(id: string, type: 'StockReservationExpired' | 'StockReservationReleased'): this {
    const held = this.world.stateOf(reservation, id);
    return held.status === 'held' ? this.write(letGo(id, held, { type }, this.world.stateOf)) : this;
  }

  private write(parts: readonly StreamEvents[]): this {
    for (const { stream, events } of parts) {
      for (const { type, data } of events) this.say('inventory', stream, type, data);
    }
    return this;
  }

  private say(source: string, stream: string, type: string, data: object): this {
    const at = this.time;
    const place = {
      source,
      lane: laneOf(stream, LANES),
      position: this.events.length + 1,
      stream,
      version: this.events.length + 1,
    };
    const what = { type, schemaVersion: 1, data, commandId: '', by: 'test', hash: '' };
    this.events.push({ ...place, ...what, happenedAt: at, recordedAt: at });
    if (source === 'inventory') this.world.apply({ stream, events: [{ type, data }] });
    return this;
  }
}
