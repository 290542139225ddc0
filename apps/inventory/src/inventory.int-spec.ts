import { setImmediate } from 'node:timers/promises';
import { run, standIn, type Reply, type Running, type Say } from '../../../test/setup/services';
import { InventoryModule } from './inventory.module';

interface Level {
  onHand: number;
  reserved: number;
  available: number;
}

/** Until the clock has gone on: two things of the same millisecond have happened at once. */
async function later(than: string): Promise<void> {
  while (Date.now() <= Date.parse(than)) await setImmediate();
}

describe('inventory', () => {
  const [storefront, hema, lingshoutong, fulfillment] = ['storefront', 'hema', 'lingshoutong', 'fulfillment'].map(standIn);
  const others = { storefront: storefront!, hema: hema!, lingshoutong: lingshoutong!, fulfillment: fulfillment! };
  let inventory: Running;
  const said = (service: keyof typeof others): Say => others[service].sayIn(inventory);

  beforeAll(async () => {
    inventory = await run(...Object.values(others).map(({ module }) => module), InventoryModule);
    const dc = { name: 'Hangzhou DC', kind: 'warehouse', latitude: 30.3, longitude: 120.2 };
    await inventory.call('PUT', '/inventory/locations/dc', dc);
  }, 60_000);
  afterAll(() => inventory.stop());

  const post = <T = { code: string }>(path: string, payload: object): Promise<Reply<T>> =>
    inventory.call('POST', `/inventory/${path}`, payload);
  const level = async (sku: string, location: string): Promise<Level> =>
    (await inventory.call<Level>('GET', `/inventory/stock/${encodeURIComponent(sku)}/${location}`)).body;
  const discrepancies = async (): Promise<{ open: number; first: string }> => {
    const { body } = await inventory.call<{ items: Record<'sku' | 'location' | 'onHand' | 'saleId', string>[] }>(
      'GET',
      '/inventory/discrepancies?location=dc',
    );
    const first = body.items.map(({ sku, location, onHand, saleId }) => `${sku}@${location} ${onHand} by ${saleId}`)[0];
    return { open: body.items.length, first: first ?? '' };
  };
  async function becomes(look: () => Promise<object>, expected: object): Promise<void> {
    for (let times = 0; times < 500; times++) {
      const seen = await look();
      if (Object.entries(expected).every(([key, value]) => (seen as Record<string, unknown>)[key] === value)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await look()).toMatchObject(expected);
  }
  const reservation = async (id: string): Promise<object> =>
    (await inventory.call<object>('GET', `/inventory/reservations/${id}`)).body;
  const receive = (sku: string, quantity: number, location = 'dc'): Promise<Reply<{ id: string; position: string }>> =>
    post('receipts', { location, lines: [{ sku, quantity }] });
  const line = (sku: string, quantity: number): object => ({ sku, quantity, stocked: true, amountMinor: 0 });

  it('books a delivery in, also of a SKU with a blank, a dot and a letter of either case', async () => {
    const lines = [
      { sku: 'gift 0.1', quantity: 2 },
      { sku: 'GIFT 0.1', quantity: 5 },
      { sku: 'gift 0.1', quantity: 1 },
    ];
    const { status, body } = await post<{ id: string; position: string }>('receipts', { location: 'dc', lines });
    expect(status).toBe(201);
    expect(await level('gift 0.1', 'dc')).toMatchObject({ onHand: 3, reserved: 0, available: 3 });
    const seen = await inventory.call('GET', '/inventory/stock/gift%200.1', undefined, { 'after-position': body.position });
    expect(seen.body).toMatchObject({ onHand: 3, byLocation: [{ location: 'dc', onHand: 3, available: 3 }] });
    const read = await inventory.call('GET', `/inventory/receipts/${body.id}`);
    expect(read.body).toMatchObject({ location: 'dc', lines: [{ sku: 'gift 0.1', quantity: 3 }, lines[1]] });
  });

  it('corrects its books, below zero if need be', async () => {
    await receive('BOWL', 2);
    const lines = [
      { sku: 'BOWL', quantity: -5, reason: 'smashed' },
      { sku: 'BANK CHARGES', quantity: -1, reason: 'fee', stocked: false },
    ];
    const { body } = await post<{ id: string }>('adjustments', { location: 'dc', lines });
    expect(await level('BOWL', 'dc')).toMatchObject({ onHand: -3, available: -3 });
    expect(await level('BANK CHARGES', 'dc')).toMatchObject({ onHand: 0, version: 0 });
    const read = await inventory.call('GET', `/inventory/adjustments/${body.id}`);
    expect(read.body).toMatchObject({ lines: [{ sku: 'BOWL', stocked: true }, { stocked: false }] });
  });

  it.each([
    [422, 'unknown-location', 'receipts', { location: 'nowhere', lines: [{ sku: 'A', quantity: 1 }] }],
    [422, 'unknown-location', 'adjustments', { location: 'nowhere', lines: [{ sku: 'A', quantity: 1, reason: 'found' }] }],
    [400, 'invalid-request', 'receipts', { location: 'dc', lines: [] }],
    [400, 'invalid-request', 'receipts', { location: 'dc', lines: [{ sku: 'A@dc', quantity: 1 }] }],
    [400, 'invalid-request', 'receipts', { location: 'dc', lines: [{ sku: 'A', quantity: -1 }] }],
    [400, 'invalid-request', 'receipts', { location: 'dc', lines: [{ sku: 'A', quantity: 1_000_001 }] }],
    [400, 'invalid-request', 'adjustments', { location: 'dc', lines: [{ sku: 'A', quantity: 0, reason: 'found' }] }],
    [400, 'invalid-request', 'adjustments', { location: 'dc', lines: [{ sku: 'A', quantity: 1 }] }],
  ])('answers %i %s to what it cannot take: POST %s %j', async (status, code, path, payload) => {
    expect(await post(path, payload)).toMatchObject({ status, body: { code } });
  });

  it('knows its locations: read, changed by whoever saw them last, listed', async () => {
    const path = '/inventory/locations/store-1';
    const store = { name: 'Hema West Lake', kind: 'store', latitude: 30.25, longitude: 120.15 };
    const put = (facts: object, headers = {}): Promise<Reply<{ position: string }>> =>
      inventory.call('PUT', path, facts, headers);
    expect(await put(store)).toMatchObject({ status: 201, body: { id: 'store-1', ...store, version: 1 } });
    expect(await put(store)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await put({ ...store, name: 'West Lake' }, { 'if-match': '"9"' })).toMatchObject({ status: 412 });
    const changed = await put({ ...store, name: 'West Lake' }, { 'if-match': '"1"' });
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect(await put({ ...store, latitude: 91 })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    const after = { 'after-position': changed.body.position };
    const { body } = await inventory.call<{ next: string }>('GET', '/inventory/locations?limit=1', undefined, after);
    expect(body).toMatchObject({ items: [{ id: 'dc' }] });
    const rest = await inventory.call('GET', `/inventory/locations?cursor=${body.next}`);
    expect(rest.body).toMatchObject({ items: [{ id: 'store-1', name: 'West Lake' }], next: null });
  });

  it('has no answer for what does not exist', async () => {
    for (const path of ['locations/none', 'receipts/none', 'adjustments/none', 'reservations/none']) {
      expect(await inventory.call('GET', `/inventory/${path}`)).toMatchObject({ status: 404 });
    }
  });

  it('holds what the storefront sold, and lets it go or ships it as the order goes', async () => {
    await receive('KETTLE', 10);
    const place = (id: string, quantity: number): Promise<void> =>
      said('storefront')(`order:${id}`, 'OrderPlaced', {
        ...{ orderId: id, lines: [line('KETTLE', quantity)], deliverTo: { latitude: 30.3, longitude: 120.2 } },
      });
    await Promise.all([place('shipped', 4), place('unpaid', 3), place('cancelled', 2)]);
    await becomes(() => level('KETTLE', 'dc'), { onHand: 10, reserved: 9 });
    await place('late', 2);
    await becomes(() => reservation('late'), { status: 'refused' });
    await said('storefront')('order:unpaid', 'OrderRejected', { orderId: 'unpaid', reason: 'payment-declined' });
    await said('storefront')('order:cancelled', 'OrderCancelled', { orderId: 'cancelled' });
    await said('fulfillment')('shipment:shipped', 'ShipmentShipped', { orderId: 'shipped' });
    await becomes(() => level('KETTLE', 'dc'), { onHand: 6, reserved: 0, available: 6 });
    expect(await reservation('unpaid')).toMatchObject({ status: 'released' });
  });

  it('follows tills, returns, shops and supply orders', async () => {
    await said('lingshoutong')('shop:wang', 'ShopRegistered', { shop: 'wang', name: 'Wang', latitude: 30.2, longitude: 120.1 });
    await said('lingshoutong')('supply-order:so1', 'SupplyOrderReceived', {
      supplyOrderId: 'so1',
      shop: 'wang',
      lines: [line('CUP', 6)],
    });
    await becomes(() => level('CUP', 'wang'), { onHand: 6 });
    await said('hema')('shift:s1', 'SaleRecorded', { saleId: 's', store: 'dc', lines: [line('CUP', 5)] });
    await becomes(() => level('CUP', 'dc'), { onHand: -5 });
    await becomes(discrepancies, { open: 1, first: 'CUP@dc -5 by s' });
    await said('hema')('shift:s1', 'SaleReturnRecorded', { returnId: 'r', store: 'dc', lines: [line('CUP', 1)] });
    await said('storefront')('return:r2', 'ReturnAccepted', { returnId: 'r2', location: 'dc', lines: [line('CUP', 2)] });
    await becomes(() => level('CUP', 'dc'), { onHand: -2 });
    const shop = await inventory.call('GET', '/inventory/locations/wang');
    expect(shop.body).toMatchObject({ kind: 'corner-shop', name: 'Wang' });
  });

  it('is put right by a count, at once or as of when it was counted', async () => {
    const body = { location: 'dc', lines: [{ sku: 'CUP', counted: 4 }] };
    const count = await inventory.call('POST', '/inventory/counts', body);
    expect(count).toMatchObject({ status: 201, body: { lines: [{ sku: 'CUP', counted: 4, expected: -2, variance: 6 }] } });
    expect(await level('CUP', 'dc')).toMatchObject({ onHand: 4 });
    await becomes(discrepancies, { open: 0 });
    await receive('PLATE', 10);
    const happenedAt = new Date().toISOString();
    await later(happenedAt);
    await receive('PLATE', 5);
    const late = await inventory.call('POST', '/inventory/counts', {
      location: 'dc',
      lines: [{ sku: 'PLATE', counted: 9 }],
      happenedAt,
    });
    expect(late).toMatchObject({ status: 201, body: { lines: [{ counted: 9, expected: 10, variance: -1 }] } });
    expect(await level('PLATE', 'dc')).toMatchObject({ onHand: 14 });
    const wrong = { location: 'dc', lines: [{ sku: 'PLATE', counted: -1 }] };
    expect(await inventory.call('POST', '/inventory/counts', wrong)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
    expect(await inventory.call('GET', '/inventory/counts/none')).toMatchObject({ status: 404, body: { code: 'unknown-count' } });
  });
});
