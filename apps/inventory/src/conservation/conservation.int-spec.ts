import { DataSource } from 'typeorm';
import { eventually } from '../../../../tools/local/ports';
import { run, standIn, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';
import type { WatchReport } from './conservation-watch.timer';

const PATIENCE_MS = 20_000;

describe('the watch over stock', () => {
  const others = ['storefront', 'hema', 'lingshoutong', 'fulfillment'].map(standIn);
  let inventory: Running;

  beforeAll(async () => {
    inventory = await run(...others.map(({ module }) => module), InventoryModule);
    for (const location of ['dc', 'shop']) {
      await inventory.call('PUT', `/inventory/locations/${location}`, {
        ...{ name: location, kind: 'warehouse', latitude: 30.3, longitude: 120.2 },
      });
    }
    const lines = [{ sku: 'TEA', quantity: 10 }];
    await inventory.call('POST', '/inventory/receipts', { location: 'dc', lines });
    await inventory.call('POST', '/inventory/adjustments', {
      location: 'dc',
      lines: [{ sku: 'TEA', quantity: -1, reason: 'broken' }],
    });
    await inventory.call('POST', '/inventory/transfers', { from: 'dc', to: 'shop', lines: [{ sku: 'TEA', quantity: 4 }] });
  }, 60_000);
  afterAll(() => inventory.stop());

  const report = async (): Promise<WatchReport & { ok: boolean }> =>
    (await inventory.call<WatchReport & { ok: boolean }>('GET', '/inventory/conservation')).body;
  const until = (holds: () => Promise<boolean>, complaint: string): Promise<void> =>
    eventually(holds, { timeoutMs: PATIENCE_MS, complaint });
  const tamper = (sql: string): Promise<unknown> => inventory.app.get(DataSource, { strict: false }).query(sql);

  it('says where every unit of a SKU has gone', async () => {
    const tea = async (): Promise<object> => (await inventory.call<object>('GET', '/inventory/conservation/TEA')).body;
    await until(
      async () => 'byLocation' in (await tea()) && JSON.stringify(await tea()).includes('"announced":4'),
      'no account of TEA',
    );
    expect(await tea()).toMatchObject({
      ok: true,
      total: { received: 10, lost: 1, sent: 4, announced: 4, due: { onHand: 5, inTransit: 4 } },
      byLocation: [
        { location: 'dc', received: 10, booked: { onHand: 5, inTransit: 0 } },
        { location: 'shop', announced: 4, booked: { onHand: 0, inTransit: 4 } },
      ],
    });
  });

  it('goes through all SKUs, round after round', async () => {
    await until(async () => ((await report()).lastRound?.skus ?? 0) === 1, 'no round was finished');
    expect(await report()).toMatchObject({ ok: true, breaches: [] });
  });

  it('sees a unit that the books have and that never came, names it, and sees that it is put right', async () => {
    await tamper(`UPDATE inventory.availability SET on_hand = on_hand + 1 WHERE location = 'dc'`);
    await until(async () => !(await report()).ok, 'nobody saw the unit');
    expect((await report()).breaches).toEqual([{ sku: 'TEA', location: 'dc', quantity: 'on-hand', due: 5, booked: 6 }]);
    const metrics = await inventory.app.inject({ method: 'GET', url: '/metrics' });
    expect(metrics.body).toMatch(/^retail_stock_conservation_breaches 1$/m);
    await tamper(`UPDATE inventory.availability SET on_hand = on_hand - 1 WHERE location = 'dc'`);
    await until(async () => (await report()).ok, 'it is still said to be wrong');
  });
});
