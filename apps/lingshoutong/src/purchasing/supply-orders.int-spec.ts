import { randomUUID } from 'node:crypto';
import { run, standIn, type Reply, type Running, type Say } from '../../../../test/setup/services';
import { LingshoutongModule } from '../lingshoutong.module';

interface Order {
  id: string;
  status: string;
  version: number;
  position: string;
}
interface List {
  items: { id: string }[];
  next: string | null;
}

describe('a corner shop that orders', () => {
  const storefront = standIn('storefront');
  const inventory = standIn('inventory');
  let service: Running;
  let inventorySays: Say;
  const price = { amountMinor: 500, currency: 'CNY' };

  beforeAll(async () => {
    service = await run(storefront.module, inventory.module, LingshoutongModule);
    inventorySays = inventory.sayIn(service);
    const tea = { sku: 'TEA', name: 'Longjing', kind: 'merchandise', price };
    await storefront.sayIn(service)('product:TEA', 'ProductListed', tea);
    await service.call('PUT', '/lingshoutong/shops/auntie-wang', { name: 'Auntie Wang', latitude: 30.25, longitude: 120.16 });
    await until(async () => (await submit()).status === 201);
  }, 60_000);
  afterAll(() => service.stop());

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let look = 0; look < 500; look++) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('It never came to be.');
  }

  const submit = (more: object = {}, headers: Record<string, string> = {}): Promise<Reply<Order>> =>
    service.call(
      'POST',
      '/lingshoutong/supply-orders',
      { shop: 'auntie-wang', currency: 'CNY', lines: [{ sku: 'TEA', quantity: 24 }], ...more },
      headers,
    );
  const act = (id: string, what: 'ship' | 'receive', payload?: object): Promise<Reply<Order>> =>
    service.call('POST', `/lingshoutong/supply-orders/${id}/${what}`, payload);
  const read = async (id: string): Promise<Order> => (await service.call<Order>('GET', `/lingshoutong/supply-orders/${id}`)).body;
  const made = (id: string): Promise<void> =>
    inventorySays(`reservation:${id}`, 'StockReservationMade', {
      reservationId: id,
      demand: 'supply-order',
      location: 'hz-dc',
      lines: [],
      distanceKm: 1,
    });

  async function accepted(): Promise<string> {
    const { body } = await submit();
    await made(body.id);
    await until(async () => (await read(body.id)).status === 'accepted');
    return body.id;
  }

  it('is answered at once when it does not wait', async () => {
    expect(await submit()).toMatchObject({
      status: 201,
      body: { status: 'pending', totalMinor: 12_000, currency: 'CNY', version: 1 },
    });
  });

  it('is answered 202 when it waits and nobody decides in time', async () => {
    expect(await submit({}, { prefer: 'wait=0' })).toMatchObject({ status: 202, body: { status: 'pending' } });
  });

  it('is answered with the decision when it waits for it', async () => {
    const key = randomUUID();
    const { body } = await submit({}, { 'idempotency-key': key });
    const waiting = submit({}, { 'idempotency-key': key, prefer: 'wait=5' });
    await made(body.id);
    expect(await waiting).toMatchObject({
      status: 200,
      body: { id: body.id, status: 'accepted', location: 'hz-dc', version: 2 },
    });
  });

  it('is told what was short', async () => {
    const { body } = await submit();
    const short = [{ sku: 'TEA', requested: 24, available: 3 }];
    const refused = { reservationId: body.id, demand: 'supply-order', reason: 'out-of-stock', short };
    await inventorySays(`reservation:${body.id}`, 'StockReservationRefused', refused);
    await until(async () => (await read(body.id)).status !== 'pending');
    expect(await read(body.id)).toMatchObject({
      ...{ status: 'rejected', reason: 'out-of-stock', detail: 'TEA: 24 ordered, 3 available', version: 2 },
    });
    expect(await act(body.id, 'ship')).toMatchObject({ status: 409, body: { code: 'supply-order-not-accepted' } });
  });

  it('gets its goods shipped, without a body to say so, and counts them in', async () => {
    const id = await accepted();
    expect(await act(id, 'receive')).toMatchObject({ status: 409, body: { code: 'supply-order-not-shipped' } });
    expect(await act(id, 'ship')).toMatchObject({ status: 200, body: { status: 'shipped', version: 3 } });
    expect(await act(id, 'receive', { lines: [{ sku: 'TEA', quantity: 25 }] })).toMatchObject({
      status: 422,
      body: { code: 'more-than-shipped' },
    });
    const lines = [{ sku: 'TEA', quantity: 23 }];
    expect(await act(id, 'receive', { lines })).toMatchObject({
      status: 200,
      body: { status: 'received', received: lines, version: 4 },
    });
    expect(await act(id, 'receive', { lines })).toMatchObject({ status: 200, body: { version: 4 } });
  });

  it('finds its orders, the latest first, page by page', async () => {
    await service.call('PUT', '/lingshoutong/shops/uncle-li', { name: 'Uncle Li', latitude: 30.3, longitude: 120.2 });
    const ids: string[] = [];
    let position = '';
    for (const day of ['01', '03', '02']) {
      const { body } = await submit({ shop: 'uncle-li', happenedAt: `2010-12-${day}T08:00:00Z` });
      ids.push(body.id);
      position = [position, body.position].filter(Boolean).join(';');
    }
    const page = (query: string): Promise<Reply<List>> =>
      service.call('GET', `/lingshoutong/supply-orders?shop=uncle-li&limit=2${query}`, undefined, { 'after-position': position });
    const { body: first } = await page('');
    expect(first.items.map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    const { body: second } = await page(`&cursor=${first.next ?? ''}`);
    expect([second.items.map(({ id }) => id), second.next]).toEqual([[ids[0]], null]);
    const elsewhere = Buffer.from('["no time","x"]').toString('base64url');
    expect((await page(`&cursor=${elsewhere}`)).body).toMatchObject({ code: 'invalid-cursor' });
  });

  it.each([
    [422, 'unknown-shop', { shop: 'nobody' }],
    [422, 'unknown-sku', { lines: [{ sku: 'GHOST', quantity: 1 }] }],
    [422, 'currency-mismatch', { currency: 'GBP' }],
    [400, 'invalid-request', { lines: [{ sku: 'TEA', quantity: -1 }] }],
    [400, 'invalid-request', { currency: 'yuan' }],
    [400, 'invalid-request', { supplyOrderId: 'mine' }],
  ])('is told %i %s', async (status, code, wrong) => {
    expect(await submit(wrong)).toMatchObject({ status, body: { code } });
  });

  it('is a shop that can be read, listed and changed', async () => {
    const path = '/lingshoutong/shops/grandma-chen';
    const shop = { name: 'Grandma Chen', latitude: 30.2, longitude: 120.1 };
    const { body } = await service.call<Order>('PUT', path, shop);
    expect(await service.call('PUT', path, shop)).toMatchObject({ status: 200, body: { version: 1 } });
    const stale = await service.call('PUT', path, { ...shop, name: 'Chen' }, { 'if-match': '"7"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'version-mismatch' } });
    expect(await service.call('GET', path)).toMatchObject({
      status: 200,
      headers: { etag: '"1"' },
      body: { id: 'grandma-chen', ...shop },
    });
    const list = await service.call<List>('GET', '/lingshoutong/shops', undefined, { 'after-position': body.position });
    expect(list.body.items.map(({ id }) => id)).toContain('grandma-chen');
    expect(await service.call('GET', '/lingshoutong/shops/nobody')).toMatchObject({ status: 404 });
  });
});
