import { randomUUID } from 'node:crypto';
import { Api, type Answer, type Ask } from '../../tools/retail/system/api';
import { atRest } from '../../tools/retail/system/at-rest';
import { bodyOf } from '../../tools/retail/system/problem';
import type { Check } from '../../tools/retail/verify/findings';
import { verifySystem } from '../../tools/retail/verify/verify-system';
import { startTestSystem, type TestSystem } from '../setup/system';

/** An order as the storefront answers it. */
export interface Order {
  id: string;
  status: string;
  reason?: string;
  totalMinor: number;
  currency: string;
  payment: string;
  location?: string;
  position: string;
  version: number;
}

export const HANGZHOU = { latitude: 30.25, longitude: 120.16 };
const CONNECTIONS = 500;
const PATIENCE_MS = 30_000;

/** The running system as the people in a story meet it: over HTTP and in no other way. */
export class World {
  readonly api: Api;

  private constructor(readonly system: TestSystem) {
    this.api = new Api({ url: system.url, connections: CONNECTIONS });
  }

  static async open(): Promise<World> {
    return new World(await startTestSystem());
  }

  async close(): Promise<void> {
    this.api.close();
    await this.system.stop();
  }

  ask(ask: Ask): Promise<Answer> {
    return this.api.ask(ask);
  }

  /** A write under a key of its own, unless the headers bring one. */
  write(method: 'POST' | 'PUT', path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask({ method, path, body, headers: { 'idempotency-key': randomUUID(), ...headers } });
  }

  /** A write that has to succeed. */
  async post<T = Order>(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<T> {
    return bodyOf<T>(await this.write('POST', path, body, headers));
  }

  async put(path: string, body: object): Promise<{ position: string }> {
    return bodyOf(await this.write('PUT', path, body));
  }

  /** A read that has to succeed; with a position it waits until that is visible. */
  async get<T>(path: string, position?: string): Promise<T> {
    const headers = { ...(position !== undefined && { 'after-position': position }) };
    return bodyOf<T>(await this.ask({ method: 'GET', path, headers }));
  }

  /** A place in Hangzhou; the further east, the further from whoever orders. */
  async place(id: string, kind: string, east = 0): Promise<void> {
    const body = { name: id, kind, latitude: HANGZHOU.latitude, longitude: HANGZHOU.longitude + east / 100 };
    await this.put(`/inventory/locations/${id}`, body);
  }

  /** A product at a price in fen, with some of it in places. */
  async product(sku: string, fen: number, units: Record<string, number> = {}): Promise<void> {
    await this.put(`/storefront/products/${sku}`, { name: sku, price: { amountMinor: fen, currency: 'CNY' } });
    for (const [location, quantity] of Object.entries(units)) {
      await this.post('/inventory/receipts', { location, lines: [{ sku, quantity }] });
    }
  }

  /** Orders online and waits for the answer that decides. */
  order(sku: string, quantity: number, more: object = {}): Promise<Order> {
    const body = { customer: 'Li Na', currency: 'CNY', lines: [{ sku, quantity }], deliverTo: HANGZHOU, ...more };
    return this.post('/storefront/orders', body, { prefer: 'wait=20' });
  }

  ship(orderId: string): Promise<Answer> {
    return this.write('POST', `/fulfillment/shipments/${orderId}/ship`, {}, { prefer: 'wait=20' });
  }

  /** Until nothing is on its way any more. */
  async rest(): Promise<void> {
    expect((await atRest(this.api, PATIENCE_MS)).busy).toEqual([]);
  }

  /** What `retail verify` says of it. */
  verify(): Promise<Check[]> {
    return verifySystem(this.api, () => undefined);
  }

  /** The last sentence of every story. */
  async expectBooksToHold(): Promise<void> {
    const failed = (await this.verify()).filter(({ ok }) => !ok);
    expect(failed).toEqual([]);
  }
}
