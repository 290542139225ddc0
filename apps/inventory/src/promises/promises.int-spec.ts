import type { Channel } from '#libs/contracts';
import { run, standIn, type Reply, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';

interface Promises {
  channels: { channel: Channel; available: number; keptForOthers: number }[];
  byLocation: (Omit<Promises, 'byLocation'> & { location: string; onHand: number })[];
}
type Policy = Reply<{ code: string; scope: string; version: number }>;

describe('what is promised to whom', () => {
  const [storefront, lingshoutong, hema] = [standIn('storefront'), standIn('lingshoutong'), standIn('hema')];
  // Timers wait until every log that the processes read has been looked at.
  const fulfillment = standIn('fulfillment');
  let inventory: Running;

  beforeAll(async () => {
    inventory = await run(storefront.module, lingshoutong.module, hema.module, fulfillment.module, InventoryModule);
    for (const [id, latitude] of [['dc', 30] as const, ['far', 31] as const]) {
      await inventory.call('PUT', `/inventory/locations/${id}`, { name: id, kind: 'warehouse', latitude, longitude: 120 });
    }
  }, 60_000);
  afterAll(() => inventory.stop(), 30_000);

  const receive = async (sku: string, quantity: number, location = 'dc'): Promise<void> => {
    const receipt = { location, lines: [{ sku, quantity }] };
    const { body } = await inventory.call<{ position: string }>('POST', '/inventory/receipts', receipt);
    await inventory.call('GET', `/inventory/stock/${sku}`, undefined, { 'after-position': body.position });
  };
  const put = (path: string, policy: object): Promise<Policy> =>
    inventory.call('PUT', `/inventory/promise-policies/${path}`, { safetyStock: 0, quotas: [], ...policy });
  const reserve = (sku: string, quantity: number, channel: Channel): Promise<Reply<{ code: string; id: string }>> =>
    inventory.call('POST', '/inventory/reservations', { lines: [{ sku, quantity }], location: 'dc', channel, ttlSeconds: 600 });
  const promised = async (sku: string, query = ''): Promise<Promises> =>
    (await inventory.call<Promises>('GET', `/inventory/atp/${sku}${query}`)).body;
  const units = async (sku: string, query = ''): Promise<number[]> =>
    (await promised(sku, query)).channels.map(({ available }) => available);
  async function until<T>(look: () => Promise<T>, expected: T): Promise<void> {
    for (let times = 0; times < 700; times++) {
      if (JSON.stringify(await look()) === JSON.stringify(expected)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await look()).toEqual(expected);
  }

  it('is whatever is available, as long as nobody says otherwise', async () => {
    await receive('PEN', 10);
    expect(await units('PEN')).toEqual([10, 10, 10]);
    expect(await promised('PEN', '?location=dc&channel=hema')).toEqual({
      ...{ sku: 'PEN', channels: [{ channel: 'hema', available: 10, keptForOthers: 0 }] },
      byLocation: [
        {
          ...{ location: 'dc', onHand: 10, reserved: 0, quarantined: 0, safetyStock: 0, inbound: 0, quotas: [] },
          channels: [{ channel: 'hema', available: 10, keptForOthers: 0 }],
        },
      ],
    });
  });

  it('leaves the safety stock and the quotas of others alone, from the next promise on', async () => {
    await receive('INK', 20);
    const quotas = [{ channel: 'hema', units: 8 }];
    const set = await put('INK/dc', { safetyStock: 2, quotas });
    expect(set).toMatchObject({ status: 200, body: { scope: 'place', safetyStock: 2, quotas } });
    expect(await reserve('INK', 11, 'storefront')).toMatchObject({ status: 409, body: { code: 'out-of-stock' } });
    expect(await reserve('INK', 10, 'storefront')).toMatchObject({ status: 201 });
    expect(await units('INK')).toEqual([0, 8, 0]);
    expect(await reserve('INK', 8, 'hema')).toMatchObject({ status: 201 });
    expect(await units('INK')).toEqual([0, 0, 0]);
  });

  it('holds for orders and supply orders as well', async () => {
    await receive('MUG', 10);
    await put('MUG/dc', { quotas: [{ channel: 'lingshoutong', units: 6 }] });
    const line = { sku: 'MUG', quantity: 5, stocked: true };
    const deliverTo = { latitude: 30, longitude: 120 };
    await storefront.sayIn(inventory)('order:o1', 'OrderPlaced', { orderId: 'o1', lines: [line], deliverTo });
    const status = (id: string) => async (): Promise<string> =>
      (await inventory.call<{ status: string }>('GET', `/inventory/reservations/${id}`)).body.status;
    await until(status('o1'), 'refused');
    await lingshoutong.sayIn(inventory)('supply-order:s1', 'SupplyOrderSubmitted', {
      supplyOrderId: 's1',
      lines: [line],
      deliverTo,
    });
    await until(status('s1'), 'held');
    expect(await units('MUG')).toEqual([4, 4, 5]);
  });

  it('sends an order past the places that keep their goods for others, however many are nearer', async () => {
    for (let n = 0; n < 12; n++) {
      const shop = { name: `shop ${n}`, kind: 'store', latitude: 30.1, longitude: 120 };
      await inventory.call('PUT', `/inventory/locations/shop-${n}`, shop);
      await put(`VASE/shop-${n}`, { quotas: [{ channel: 'hema', units: 5 }] });
      await receive('VASE', 5, `shop-${n}`);
    }
    await receive('VASE', 1, 'far');
    const lines = [{ sku: 'VASE', quantity: 1, stocked: true }];
    const order = { orderId: 'o2', lines, deliverTo: { latitude: 30.1, longitude: 120 } };
    await storefront.sayIn(inventory)('order:o2', 'OrderPlaced', order);
    const found = async (): Promise<unknown> =>
      (await inventory.call<{ location?: string }>('GET', '/inventory/reservations/o2')).body.location;
    await until(found, 'far');
  }, 60_000);

  it('lets a channel borrow where another lends', async () => {
    await receive('HAT', 10);
    await put('HAT/dc', { quotas: [{ channel: 'hema', units: 10, lendsTo: ['storefront'] }] });
    expect(await units('HAT')).toEqual([10, 10, 0]);
    const { body } = await reserve('HAT', 4, 'storefront');
    expect(await units('HAT')).toEqual([6, 6, 0]);
    await inventory.call('POST', `/inventory/reservations/${body.id}/release`);
    expect(await units('HAT')).toEqual([10, 10, 0]);
  });

  it('uses up the quota of the tills by what they sell', async () => {
    await receive('CAP', 10);
    await put('CAP/dc', { quotas: [{ channel: 'hema', units: 4 }] });
    const lines = [{ sku: 'CAP', quantity: 3, stocked: true }];
    await hema.sayIn(inventory)('shift:s1', 'SaleRecorded', { saleId: 's1', store: 'dc', lines });
    await until(() => units('CAP'), [6, 7, 6]);
  });

  it('is said of a SKU everywhere, where it comes to be, and of one place before all', async () => {
    await receive('TIE', 10);
    await receive('TIE', 10, 'far');
    await put('TIE/far', { safetyStock: 1 });
    expect(await put('TIE', { safetyStock: 4 })).toMatchObject({ status: 201, body: { safetyStock: 4, version: 1 } });
    await until(() => units('TIE', '?channel=hema'), [15]);
    await inventory.call('PUT', '/inventory/locations/new', { name: 'n', kind: 'store', latitude: 30, longitude: 120 });
    await receive('TIE', 5, 'new');
    await until(() => units('TIE', '?location=new&channel=hema'), [1]);
    const back = await inventory.call('POST', '/inventory/promise-policies/TIE/far/withdraw');
    expect(back).toMatchObject({ status: 200, body: { scope: 'sku', safetyStock: 4 } });
    expect(await inventory.call('POST', '/inventory/promise-policies/TIE/withdraw')).toMatchObject({ status: 200 });
    await until(() => units('TIE', '?channel=hema'), [25]);
    expect(await inventory.call('GET', '/inventory/promise-policies/TIE')).toMatchObject({ status: 404 });
  }, 60_000);

  it.each([
    [422, 'unknown-location', 'A/nowhere', {}],
    [422, 'lends-to-itself', 'A/dc', { quotas: [{ channel: 'hema', units: 1, lendsTo: ['hema'] }] }],
    [422, 'invalid-sku', 'a@b', {}],
    [400, 'invalid-request', 'A/dc', { safetyStock: -1 }],
    [
      400,
      'invalid-request',
      'A/dc',
      {
        quotas: [
          { channel: 'hema', units: 1 },
          { channel: 'hema', units: 1 },
        ],
      },
    ],
  ])('answers %i %s to PUT %s %j', async (status, code, path, policy) => {
    expect(await put(path, policy)).toMatchObject({ status, body: { code } });
  });

  it('answers what it does not know', async () => {
    expect(await inventory.call('GET', '/inventory/atp/A?channel=fax')).toMatchObject({ body: { code: 'unknown-channel' } });
    for (const path of ['NONE/withdraw', 'NONE/dc/withdraw']) {
      expect(await inventory.call('POST', `/inventory/promise-policies/${path}`)).toMatchObject({ status: 404 });
    }
    expect(await inventory.call('GET', '/inventory/promise-policies/NONE/dc')).toMatchObject({ body: { scope: 'none' } });
    expect(await units('NONE')).toEqual([0, 0, 0]);
  });
});
