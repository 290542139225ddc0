import { DataSource } from 'typeorm';
import { run, standIn, type Reply, type Running, type Say } from '../../../../test/setup/services';
import { eventually } from '../../../../tools/local/ports';
import { InventoryModule } from '../inventory.module';
import { ExpiredLots } from './expired-lots.timer';

interface Trace {
  code: string;
  shelves: object[];
  takenBy: { items: { kind: string; id: string; quantity: number }[] };
}

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe('lots over HTTP', () => {
  const hema = standIn('hema');
  const others = ['storefront', 'lingshoutong', 'fulfillment'].map(standIn);
  const SOON = { lot: 'A-17', quantity: 4, expiresOn: inDays(3) };
  const LATER = { lot: 'B/18', quantity: 6, expiresOn: inDays(60) };
  let inventory: Running;
  let say: Say;

  beforeAll(async () => {
    inventory = await run(hema.module, ...others.map(({ module }) => module), InventoryModule);
    say = hema.sayIn(inventory);
    for (const location of ['dc', 'shop']) {
      const place = { name: location, kind: 'store', latitude: 30.3, longitude: 120.2 };
      await inventory.call('PUT', `/inventory/locations/${location}`, place);
    }
  }, 60_000);
  afterAll(() => inventory.stop());

  const receive = (location: string, quantity: number, ...lots: object[]): Promise<Reply<{ code: string; lines: object[] }>> =>
    inventory.call('POST', '/inventory/receipts', { location, lines: [{ sku: 'MILK', quantity, lots }] });
  const trace = async (lot: string): Promise<Trace> =>
    (await inventory.call<Trace>('GET', `/inventory/lots/MILK/${encodeURIComponent(lot)}`)).body;
  const expiring = async (query: string): Promise<string[]> => {
    const { body } = await inventory.call<{ items: { lot: string; location: string }[] }>(
      'GET',
      `/inventory/lots/near-expiry${query}`,
    );
    return body.items.map(({ lot, location }) => `${lot}@${location}`);
  };
  const until = (holds: () => Promise<boolean>, complaint: string): Promise<void> =>
    eventually(holds, { timeoutMs: 10_000, complaint });

  it('come in with a delivery, which is refused when they have expired', async () => {
    expect(await receive('dc', 12, LATER, SOON)).toMatchObject({
      status: 201,
      body: { lines: [{ quantity: 12, lots: [LATER, SOON] }] },
    });
    expect(await receive('dc', 4, { ...SOON, expiresOn: inDays(-1) })).toMatchObject({
      status: 422,
      body: { code: 'lot-expired' },
    });
    expect(await receive('dc', 4, { ...SOON, expiresOn: 'soon' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
  });

  it('are listed when they have to be sold soon, the first to expire in front', async () => {
    await until(async () => (await expiring('')).length > 0, 'nothing is listed');
    expect(await expiring('')).toEqual(['A-17@dc']);
    expect(await expiring('?days=90&location=dc')).toEqual(['A-17@dc', 'B/18@dc']);
    expect(await expiring('?days=90&location=shop')).toEqual([]);
    expect(await inventory.call('GET', '/inventory/lots/near-expiry?days=soon')).toMatchObject({
      status: 400,
      body: { code: 'invalid-days' },
    });
  });

  it('leave first expired, first out, also for another place of ours, and are traced to who got them', async () => {
    const lines = [{ sku: 'MILK', quantity: 2, stocked: true, amountMinor: 0 }];
    await say('shift:s1', 'SaleRecorded', { saleId: 'till-1', store: 'dc', lines });
    await until(async () => (await trace('A-17')).takenBy.items.length > 0, 'the sale is not traced');
    const sent = await inventory.call<{ id: string }>('POST', '/inventory/transfers', {
      ...{ from: 'dc', to: 'shop', lines: [{ sku: 'MILK', quantity: 3 }] },
    });
    await inventory.call('POST', `/inventory/transfers/${sent.body.id}/receipts`, {});
    await until(async () => JSON.stringify(await trace('B/18')).includes('"shop"'), 'the lots have not moved');
    expect(await trace('A-17')).toMatchObject({
      shelves: [{ location: 'shop', units: 2, kept: 0 }],
      takenBy: { items: [{ kind: 'sale', id: 'till-1', quantity: 2 }] },
    });
    expect((await trace('B/18')).shelves).toEqual([
      { location: 'dc', units: 5, kept: 0 },
      { location: 'shop', units: 1, kept: 0 },
    ]);
  });

  it('are recalled wherever they are, as far as they are not promised', async () => {
    const holding = { location: 'dc', lines: [{ sku: 'MILK', quantity: 6 }], ttlSeconds: 600 };
    expect(await inventory.call('POST', '/inventory/reservations', holding)).toMatchObject({ status: 201 });
    const path = `/inventory/lots/MILK/${encodeURIComponent('B/18')}/recall`;
    const recalled = await inventory.call<{ shelves: object[] }>('POST', path, { reason: 'glass in the bottle' });
    expect(recalled).toMatchObject({
      body: {
        shelves: [
          { location: 'dc', kept: 1, promised: 4 },
          { location: 'shop', kept: 1, promised: 0 },
        ],
      },
    });
    await until(async () => JSON.stringify(await trace('B/18')).includes('"kept":1'), 'nothing is kept');
    expect((await inventory.call<object>('GET', '/inventory/stock/MILK/shop')).body).toMatchObject({ onHand: 3, available: 2 });
    expect(await inventory.call('POST', '/inventory/lots/MILK/none/recall', { reason: 'x' })).toMatchObject({
      status: 404,
      body: { code: 'unknown-lot' },
    });
  });

  it('are kept from sale when their last day is over', async () => {
    const watch = inventory.app.get(ExpiredLots, { strict: false });
    expect(await watch.sweep()).toBe(0);
    const old = new Date(Date.now() - 10 * DAY_MS).toISOString();
    const lots = [{ lot: 'OLD', quantity: 3, expiresOn: inDays(-2) }];
    const late = { location: 'shop', lines: [{ sku: 'CREAM', quantity: 5, lots }], happenedAt: old };
    expect(await inventory.call('POST', '/inventory/receipts', late)).toMatchObject({ status: 201 });
    await until(async () => (await watch.sweep()) === 1, 'nothing has expired');
    const cream = async (): Promise<object> => (await inventory.call<object>('GET', '/inventory/stock/CREAM/shop')).body;
    expect(await cream()).toMatchObject({ onHand: 5, quarantined: 3, available: 2 });
    const db = inventory.app.get(DataSource, { strict: false });
    await until(async () => (await watch.sweep()) === 0, 'it is looked at again and again');
    expect(await db.query('SELECT units, kept FROM inventory.lot_stock WHERE lot = $1', ['OLD'])).toEqual([
      { units: 3, kept: 3 },
    ]);
  });
});
