import { randomUUID } from 'node:crypto';
import type { Demand, LocationKind, StockLine } from '#libs/contracts';
import { Consumers } from '#libs/eventsourcing';
import { run, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';
import { AllocateOrder } from './allocate-order';
import { HoldNearby } from './hold-nearby';
import { ReleaseReservation } from './release-reservation';
import { ShipReservation } from './ship-reservation';

interface Wish {
  lines: StockLine[];
  demand?: Demand;
  /** Degrees to the north of the first place. */
  north?: number;
}
interface Found {
  status: string;
  location?: string;
  short?: unknown;
}

// The other services are not there: what they would say is sent as the commands that follow from it.
describe('an order looks for its goods', () => {
  let inventory: Running;

  beforeAll(async () => {
    inventory = await run(InventoryModule);
  }, 60_000);
  afterAll(() => inventory.stop());

  async function send(method: 'PUT' | 'POST', url: string, payload: object): Promise<void> {
    const { status, body } = await inventory.call(method, `/inventory/${url}`, payload);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }

  async function place(id: string, north: number, kind: LocationKind = 'store'): Promise<string> {
    await send('PUT', `locations/${id}`, { name: id, kind, latitude: 30 + north, longitude: 120 });
    return id;
  }

  const stock = (location: string, ...lines: StockLine[]): Promise<void> => send('POST', 'receipts', { location, lines });

  const viewsKnow = (): Promise<boolean> => inventory.app.get(Consumers, { strict: false }).caughtUp(5000);

  /** As the processes do it: nearby first, then everywhere. */
  async function order({ lines, demand = 'online-order', north = 0 }: Wish): Promise<Found & { id: string }> {
    const id = randomUUID();
    const facts = { orderId: id, demand, lines, deliverTo: { latitude: 30 + north, longitude: 120 } };
    await inventory.carryOut(Object.assign(new HoldNearby(), facts));
    await inventory.carryOut(Object.assign(new AllocateOrder(), facts));
    return { ...(await reservation(id)), id };
  }

  const reservation = async (id: string): Promise<Found> =>
    (await inventory.call<Found>('GET', `/inventory/reservations/${id}`)).body;
  const units = async (sku: string, location: string): Promise<object> =>
    (await inventory.call<object>('GET', `/inventory/stock/${encodeURIComponent(sku)}/${location}`)).body;

  it('and gets them at the nearest place that has all of them', async () => {
    const [near, far] = [await place('near', 0), await place('far', 1)];
    await stock(near, { sku: 'A', quantity: 1 }, { sku: 'B', quantity: 5 });
    await stock(far, { sku: 'A', quantity: 5 }, { sku: 'B', quantity: 5 });
    await viewsKnow();
    const one = [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ];
    expect(await order({ lines: one })).toMatchObject({ status: 'held', location: near });
    expect(await order({ lines: one })).toMatchObject({ status: 'held', location: far });
    expect(await units('B', near)).toMatchObject({ onHand: 5, reserved: 1, available: 4 });
  });

  it('and finds what came in the moment before, whatever the view knows by then', async () => {
    const at = await place('dock', 0.5);
    for (let n = 0; n < 12; n++) {
      const lines = [{ sku: `FRESH ${n}`, quantity: 1 }];
      await stock(at, ...lines);
      expect(await order({ lines })).toMatchObject({ status: 'held', location: at });
    }
  }, 20_000);

  it('and gets them at a place that has just come, though one is known that is farther', async () => {
    const known = await place('known', 3);
    await stock(known, { sku: 'NEWS', quantity: 9 });
    await viewsKnow();
    const lines = [{ sku: 'NEWS', quantity: 1 }];
    expect(await order({ lines, north: 2 })).toMatchObject({ location: known });
    await stock(await place('just-come', 2), { sku: 'NEWS', quantity: 9 });
    await viewsKnow();
    const where = async (): Promise<string | undefined> => (await order({ lines, north: 2 })).location;
    for (const deadline = Date.now() + 5000; (await where()) !== 'just-come' && Date.now() < deadline;);
    expect(await where()).toBe('just-come');
  }, 20_000);

  it('and gets them where they are good for longer, of two places that are as near', async () => {
    const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    for (const [id, days] of [['aged', 2] as const, ['fresh', 60] as const]) {
      const lots = [{ lot: id, quantity: 5, expiresOn: day(days) }];
      await send('POST', 'receipts', { location: await place(id, 2), lines: [{ sku: 'CREAM', quantity: 5, lots }] });
    }
    await viewsKnow();
    const lines = [{ sku: 'CREAM', quantity: 1 }];
    expect(await order({ lines, north: 2 })).toMatchObject({ status: 'held', location: 'fresh' });
  });

  it('and is told what is short where the most of them are', async () => {
    const at = await place('shelf', 0.6);
    await stock(at, { sku: 'SCARCE', quantity: 3 });
    const lines = [
      { sku: 'SCARCE', quantity: 2 },
      { sku: 'NEVER SEEN', quantity: 1 },
    ];
    const short = [{ sku: 'NEVER SEEN', requested: 1, available: 0 }];
    expect(await order({ lines })).toMatchObject({ status: 'refused', short });
    expect(await units('SCARCE', at)).toMatchObject({ reserved: 0 });
  });

  it('and gets the last hundred units or nothing, four hundred at once, over two places', async () => {
    const [one, two] = [await place('one', 0.7), await place('two', 0.8)];
    await stock(one, { sku: 'HOT', quantity: 60 });
    await stock(two, { sku: 'HOT', quantity: 40 });
    const found = await Promise.all(Array.from({ length: 400 }, () => order({ lines: [{ sku: 'HOT', quantity: 1 }] })));
    expect(found.filter(({ status }) => status === 'held')).toHaveLength(100);
    expect(found.filter(({ status }) => status === 'refused')).toHaveLength(300);
    expect(await units('HOT', one)).toMatchObject({ reserved: 60, available: 0 });
    expect(await units('HOT', two)).toMatchObject({ reserved: 40, available: 0 });
  }, 60_000);

  it('at places that may supply it: no locker, and no shop for a shop', async () => {
    const lines = [{ sku: 'SNACK', quantity: 1 }];
    await stock(await place('locker', 0, 'locker'), { sku: 'SNACK', quantity: 9 });
    expect(await order({ lines })).toMatchObject({ status: 'refused' });
    await stock(await place('corner', 0, 'corner-shop'), { sku: 'SNACK', quantity: 9 });
    expect(await order({ lines, demand: 'supply-order' })).toMatchObject({ status: 'refused' });
    expect(await order({ lines })).toMatchObject({ status: 'held', location: 'corner' });
    await stock(await place('warehouse', 2, 'warehouse'), { sku: 'SNACK', quantity: 9 });
    expect(await order({ lines, demand: 'supply-order' })).toMatchObject({ status: 'held', location: 'warehouse' });
  });

  it('and when there are none to look for, is held where it is nearest', async () => {
    const polar = await place('polar', 50);
    await viewsKnow();
    expect(await order({ lines: [], north: 51 })).toMatchObject({ status: 'held', location: polar });
  });

  it('and lets them go, or ships them, once', async () => {
    const at = await place('depot', 0.9);
    await stock(at, { sku: 'BOX', quantity: 10 });
    const [kept, dropped] = [
      await order({ lines: [{ sku: 'BOX', quantity: 4 }] }),
      await order({ lines: [{ sku: 'BOX', quantity: 5 }] }),
    ];
    for (let times = 0; times < 2; times++) {
      await inventory.carryOut(Object.assign(new ShipReservation(), { orderId: kept.id }));
      await inventory.carryOut(Object.assign(new ReleaseReservation(), { orderId: dropped.id }));
      await inventory.carryOut(Object.assign(new ReleaseReservation(), { orderId: kept.id }));
    }
    expect([await reservation(kept.id), await reservation(dropped.id)]).toMatchObject([
      { status: 'shipped' },
      { status: 'released' },
    ]);
    expect(await units('BOX', at)).toMatchObject({ onHand: 6, reserved: 0, available: 6 });
  });
});
