import { randomUUID } from 'node:crypto';
import { run, standIn, type Reply, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';

interface Made {
  id: string;
  status: string;
  receipts: string[];
  code: string;
  position: string;
}

interface Promised {
  channels: { available: number }[];
  byLocation: { location: string; inbound: number }[];
}

describe('purchases and what is inbound, over HTTP', () => {
  const others = ['storefront', 'hema', 'lingshoutong', 'fulfillment'].map((service) => standIn(service).module);
  let inventory: Running;

  beforeAll(async () => {
    inventory = await run(...others, InventoryModule);
    for (const [id, latitude] of [['dc', 30] as const, ['shop', 31] as const]) {
      await inventory.call('PUT', `/inventory/locations/${id}`, { name: id, kind: 'warehouse', latitude, longitude: 120 });
    }
  }, 60_000);
  afterAll(() => inventory.stop());

  const post = (path: string, payload: object = {}, headers = {}): Promise<Reply<Made>> =>
    inventory.call('POST', `/inventory/purchase-orders${path}`, payload, headers);
  const order = (sku: string, quantity: number, changes: object = {}): Promise<Reply<Made>> =>
    post('', { supplier: 'roaster', location: 'dc', lines: [{ sku, quantity }], expectedAt: '2030-04-02', ...changes });
  const deliver = (id: string, sku: string, quantity: number, changes: object = {}): Promise<Reply<Made>> =>
    post(`/${id}/receipts`, { lines: [{ sku, quantity }], ...changes });
  const get = async <T = object>(path: string, position?: string): Promise<T> =>
    (await inventory.call<T>('GET', `/inventory/${path}`, undefined, position ? { 'after-position': position } : {})).body;

  it('are expected until they are counted in, in parts, and put on the books as receipts', async () => {
    const { status, body: placed } = await order('TEA', 100);
    expect([status, placed]).toMatchObject([
      201,
      { status: 'open', supplier: 'roaster', expectedAt: '2030-04-02T00:00:00.000Z' },
    ]);
    const waiting = { onHand: 0, available: 0, inTransit: 0, inbound: 100 };
    expect(await get('stock/TEA', placed.position)).toMatchObject({ ...waiting, byLocation: [{ location: 'dc', inbound: 100 }] });
    expect(await get('stock/TEA?location=dc')).toMatchObject(waiting);
    expect(await get('stock/TEA/dc')).toMatchObject(waiting);

    const key = { 'idempotency-key': randomUUID() };
    const part = { lines: [{ sku: 'TEA', quantity: 60 }], happenedAt: '2026-04-02T00:00:00Z' };
    const first = await post(`/${placed.id}/receipts`, part, key);
    expect(first).toMatchObject({
      status: 200,
      body: { status: 'open', lines: [{ sku: 'TEA', quantity: 100, received: 60, outstanding: 40 }] },
    });
    const receipt = { location: 'dc', purchaseOrderId: placed.id, lines: [{ sku: 'TEA', quantity: 60 }] };
    expect(await get(`receipts/${first.body.receipts[0]}`)).toMatchObject(receipt);
    expect(await get('stock/TEA', first.body.position)).toMatchObject({ onHand: 60, available: 60, inbound: 40 });
    const { body: last } = await deliver(placed.id, 'TEA', 45);
    expect(last).toMatchObject({ status: 'received', lines: [{ received: 105, outstanding: 0 }] });
    expect(await get('stock/TEA', last.position)).toMatchObject({ onHand: 105, inbound: 0 });
    expect(await get('stock/TEA?asOf=2026-04-03')).toMatchObject({ onHand: 60 });

    const again = await post(`/${placed.id}/receipts`, part, key);
    expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
    expect(await get('stock/TEA/dc')).toMatchObject({ onHand: 105 });
  });

  it('may come short, be changed and be called off; the list has those that are open', async () => {
    const { body: short } = await order('CUP', 10);
    expect(await deliver(short.id, 'CUP', 8, { closes: true })).toMatchObject({ body: { status: 'closed' } });
    const { body: off } = await order('CUP', 10);
    expect(await post(`/${off.id}/cancel`, { reason: 'too dear' })).toMatchObject({ body: { status: 'cancelled' } });
    const { body: moved } = await order('CUP', 10);
    const changed = await post(`/${moved.id}/change`, { lines: [{ sku: 'CUP', quantity: 7 }], expectedAt: '2031-01-01' });
    expect(changed).toMatchObject({ status: 200, body: { status: 'open', expectedAt: '2031-01-01T00:00:00.000Z' } });

    const { position } = changed.body;
    expect(await get('inbound/CUP', position)).toMatchObject({
      ...{ inbound: 7, inTransit: 0 },
      byLocation: [
        {
          location: 'dc',
          expected: [{ source: { kind: 'purchase-order', id: moved.id }, quantity: 7, expectedAt: '2031-01-01T00:00:00.000Z' }],
        },
      ],
    });
    const list = async (query: string): Promise<object[]> => (await get<{ items: object[] }>(`purchase-orders?${query}`)).items;
    expect(await list('')).toEqual([expect.objectContaining({ id: moved.id, outstanding: 7, supplier: 'roaster' })]);
    expect(await list('status=closed&supplier=roaster&location=dc')).toMatchObject([{ id: short.id, ordered: 10, received: 8 }]);
    expect(await list('supplier=nobody')).toEqual([]);
    expect(await get(`purchase-orders/${off.id}`)).toMatchObject({ status: 'cancelled', receipts: [] });
  });

  it('can be promised by date, with what transfers have under way; now, only what is there', async () => {
    await inventory.call('POST', '/inventory/receipts', { location: 'dc', lines: [{ sku: 'POT', quantity: 5 }] });
    const move = { from: 'dc', to: 'shop', lines: [{ sku: 'POT', quantity: 2 }], expectedAt: '2030-04-01T23:00:00Z' };
    await inventory.call('POST', '/inventory/transfers', move);
    await inventory.call('POST', '/inventory/transfers', {
      ...move,
      lines: [{ sku: 'POT', quantity: 1 }],
      expectedAt: undefined,
    });
    const { body } = await order('POT', 20);
    const promised = async (query: string): Promise<[number, number[]]> => {
      const { channels, byLocation } = await get<Promised>(`atp/POT?channel=storefront${query}`, body.position);
      return [channels[0]!.available, byLocation.map(({ inbound }) => inbound)];
    };
    expect(await promised('')).toEqual([2, [0, 0]]);
    expect(await promised('&date=2030-03-31')).toEqual([2, [0, 0]]);
    expect(await promised('&date=2030-04-01')).toEqual([4, [0, 2]]);
    expect(await promised('&date=2030-04-02')).toEqual([24, [20, 2]]);
    expect(await promised('&date=2030-04-02&location=shop')).toEqual([2, [2]]);
    const held = { lines: [{ sku: 'POT', quantity: 3 }], location: 'dc', ttlSeconds: 60 };
    expect(await inventory.call('POST', '/inventory/reservations', held)).toMatchObject({ status: 409 });
  });

  it('are promised by date where the goods have never been', async () => {
    const { body } = await order('NEW', 8);
    expect(await get('atp/NEW', body.position)).toMatchObject({ byLocation: [] });
    expect(await get('atp/NEW?date=2030-05-01&channel=hema')).toMatchObject({
      ...{ date: '2030-05-01', channels: [{ available: 8 }] },
      byLocation: [{ location: 'dc', onHand: 0, inbound: 8 }],
    });
  });

  it.each([
    ['invalid-day', '2030-02-30'],
    ['invalid-day', 'soon'],
    ['date-in-the-past', '2020-01-01'],
  ])('answer %s to a promise for %s', async (code, date) => {
    expect(await inventory.call('GET', `/inventory/atp/TEA?date=${date}`)).toMatchObject({ status: 400, body: { code } });
  });

  it.each([
    [422, 'unknown-location', { location: 'nowhere' }],
    [400, 'invalid-request', { lines: [] }],
    [400, 'invalid-request', { lines: [{ sku: 'CUP', quantity: 1_000_000_000 }] }],
    [400, 'invalid-request', { lines: [{ sku: 'CUP', quantity: -1 }] }],
    [400, 'invalid-request', { expectedAt: 'soon' }],
    [400, 'invalid-request', { expectedAt: '2030-099' }],
    [400, 'invalid-request', { expectedAt: '2030-02-30' }],
    [400, 'invalid-request', { expectedAt: undefined }],
    [400, 'invalid-request', { supplier: '' }],
  ])('answer %i %s to %j', async (status, code, changes) => {
    expect(await order('CUP', 1, changes)).toMatchObject({ status, body: { code } });
  });

  it('refuse deliveries that cannot be, and change nothing', async () => {
    const { body } = await order('FAN', 10);
    const over = { code: 'over-delivery', lines: [{ sku: 'FAN', ordered: 10, received: 0, counted: 12, most: 11 }] };
    expect(await deliver(body.id, 'FAN', 12)).toMatchObject({ status: 409, body: over });
    expect(await deliver(body.id, 'JAR', 1)).toMatchObject({ status: 409, body: { code: 'not-ordered', skus: ['JAR'] } });
    expect(await deliver(body.id, 'FAN', 0)).toMatchObject({ status: 422, body: { code: 'nothing-received' } });
    expect(await deliver(body.id, 'FAN', -1)).toMatchObject({ status: 400 });
    expect(await get('stock/FAN/dc', body.position)).toMatchObject({ onHand: 0, inbound: 10 });
    await deliver(body.id, 'FAN', 9);
    const less = await post(`/${body.id}/change`, { lines: [{ sku: 'FAN', quantity: 8 }] });
    expect(less).toMatchObject({ status: 409, body: { code: 'below-received', lines: [{ quantity: 8, received: 9 }] } });
    await post(`/${body.id}/cancel`);
    for (const path of ['cancel', 'change']) {
      expect(await post(`/${body.id}/${path}`)).toMatchObject({ status: 409, body: { code: 'purchase-order-closed' } });
    }
    for (const path of ['none/cancel', 'none/change']) {
      expect(await post(`/${path}`)).toMatchObject({ status: 404, body: { code: 'unknown-purchase-order' } });
    }
    expect(await deliver('none', 'FAN', 1)).toMatchObject({ status: 404 });
    expect(await inventory.call('GET', '/inventory/purchase-orders?status=lost')).toMatchObject({ status: 400 });
  });
});
