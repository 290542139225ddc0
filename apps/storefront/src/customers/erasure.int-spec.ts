import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { openTestPool, testDatabaseUrl } from '#libs/eventsourcing/testing';
import { runOn, type Running } from '../../../../test/setup/services';
import { StorefrontModule } from '../storefront.module';

const HOME = { latitude: 30.25, longitude: 120.16 };

describe('a service that dies before it has destroyed a key', () => {
  const server = openTestPool(1);
  const database = `erasure_${randomUUID().replaceAll('-', '')}`;
  const url = Object.assign(new URL(testDatabaseUrl()), { pathname: database }).href;
  const held = new Client({ connectionString: url });
  let storefront: Running;
  let orderId: string;
  const erase = (key: string) =>
    storefront.call<{ status: string }>(
      'POST',
      '/storefront/customers/c-1/erase',
      {},
      { 'idempotency-key': key, prefer: 'wait=1' },
    );
  const order = async (id: string) => (await storefront.call<Record<string, unknown>>('GET', `/storefront/orders/${id}`)).body;
  const place = async (): Promise<string> => {
    const body = { customer: 'c-1', currency: 'CNY', lines: [{ sku: 'TEA', quantity: 1 }], deliverTo: HOME };
    return (await storefront.call<{ id: string }>('POST', '/storefront/orders', body)).body.id;
  };

  beforeAll(async () => {
    await server.query(`CREATE DATABASE ${database}`);
    storefront = await runOn(url, StorefrontModule);
    await storefront.call('PUT', '/storefront/products/TEA', { name: 'Tea', price: { amountMinor: 100, currency: 'CNY' } });
    orderId = await place();
    await held.connect();
  }, 60_000);
  afterAll(async () => {
    await storefront.stop();
    await held.end();
    await server.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await server.end();
  }, 60_000);

  it('has promised it, and says that it is not done yet', async () => {
    // Keys can be read and not be deleted.
    await held.query('BEGIN; LOCK TABLE privacy.subject_key IN SHARE MODE');
    expect(await erase('once')).toMatchObject({ status: 202, body: { id: 'c-1', status: 'erasing' } });
    expect(await order(orderId)).toMatchObject({ deliverTo: HOME });
  }, 30_000);

  it('keeps the promise when it is back, without being asked again, and asks for nothing more', async () => {
    const gone = new AbortController();
    void storefront.stop().then(() => gone.abort());
    // It waits for the database, and would do so until it is killed.
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'privacy'`;
    for (; !gone.signal.aborted; await setTimeout(20)) await server.query(cut, [database]);
    await held.query('ROLLBACK');
    storefront = await runOn(url, StorefrontModule);
    for (const deadline = Date.now() + 20_000; (await order(orderId))['erased'] !== true && Date.now() < deadline;) {
      await setTimeout(20);
    }
    expect(await order(orderId)).toMatchObject({ deliverTo: null, erased: true });
    expect(await erase('once')).toMatchObject({ status: 200, body: { status: 'erased' } });
  }, 60_000);

  it('and a later order of the same customer can be read', async () => {
    expect(await order(await place())).toMatchObject({ deliverTo: HOME });
  });
});
