import { randomUUID } from 'node:crypto';
import { run, standIn, type Reply, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';

interface Made {
  id: string;
  status: string;
  location: string;
  lines: object[];
  expiresAt?: string;
  code: string;
}

describe('reservations over HTTP', () => {
  const storefront = standIn('storefront');
  // Timers wait until every log that the processes read has been looked at.
  const others = ['hema', 'lingshoutong', 'fulfillment'].map((service) => standIn(service).module);
  let inventory: Running;

  beforeAll(async () => {
    inventory = await run(storefront.module, ...others, InventoryModule);
    for (const [id, latitude] of [['dc', 30] as const, ['far', 31] as const]) {
      await inventory.call('PUT', `/inventory/locations/${id}`, { name: id, kind: 'warehouse', latitude, longitude: 120 });
    }
  }, 60_000);
  afterAll(() => inventory.stop());

  const post = (path: string, payload: object = {}, headers = {}): Promise<Reply<Made>> =>
    inventory.call('POST', `/inventory/reservations${path}`, payload, headers);
  const reserve = (changes: object, headers = {}): Promise<Reply<Made>> =>
    post('', { lines: [{ sku: 'CUP', quantity: 1 }], location: 'dc', ttlSeconds: 600, ...changes }, headers);
  async function receive(sku: string, quantity: number, location = 'dc'): Promise<void> {
    const receipt = { location, lines: [{ sku, quantity }] };
    const { body } = await inventory.call<{ position: string }>('POST', '/inventory/receipts', receipt);
    await inventory.call('GET', `/inventory/stock/${sku}`, undefined, { 'after-position': body.position });
  }
  const level = async (sku: string, location = 'dc'): Promise<object> =>
    (await inventory.call<object>('GET', `/inventory/stock/${sku}/${location}`)).body;
  async function becomes(look: () => Promise<object>, expected: object): Promise<void> {
    for (let times = 0; times < 1000; times++) {
      const seen = await look();
      if (Object.entries(expected).every(([key, value]) => (seen as Record<string, unknown>)[key] === value)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await look()).toMatchObject(expected);
  }

  it('hold all lines or none, repeated lines added up, and say it once per key', async () => {
    await receive('CUP', 3);
    const lines = [
      { sku: 'CUP', quantity: 1 },
      { sku: 'CUP', quantity: 2 },
    ];
    const key = { 'idempotency-key': randomUUID() };
    const first = await reserve({ lines }, key);
    expect(first).toMatchObject({ status: 201, body: { status: 'held', location: 'dc', lines: [{ sku: 'CUP', quantity: 3 }] } });
    const again = await reserve({ lines }, key);
    expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' }, body: { id: first.body.id } });
    expect(await level('CUP')).toMatchObject({ onHand: 3, reserved: 3, available: 0 });
    expect(await post(`/${first.body.id}/release`)).toMatchObject({ status: 200, body: { status: 'released' } });
    expect(await post(`/${first.body.id}/release`)).toMatchObject({ status: 409, body: { code: 'reservation-released' } });
    expect(await level('CUP')).toMatchObject({ reserved: 0, available: 3 });
  });

  it('are refused beyond what is there, with what is available and where else, and change nothing', async () => {
    await receive('POT', 1);
    await receive('POT', 8, 'far');
    const { status, headers, body } = await reserve({ lines: [{ sku: 'POT', quantity: 2 }] });
    expect([status, headers['content-type']]).toEqual([409, expect.stringContaining('application/problem+json')]);
    const short = [{ sku: 'POT', requested: 2, available: 1, elsewhere: [{ location: 'far', available: 8 }] }];
    expect(body).toMatchObject({ code: 'out-of-stock', location: 'dc', short });
    expect(await level('POT')).toMatchObject({ reserved: 0 });
    const near = await reserve({
      location: undefined,
      deliverTo: { latitude: 30, longitude: 120 },
      lines: [{ sku: 'POT', quantity: 2 }],
    });
    expect(near).toMatchObject({ status: 201, body: { location: 'far' } });
  });

  it('take a bundle apart into what it is made of', async () => {
    const components = [
      { sku: 'LID', quantity: 2 },
      { sku: 'JAR', quantity: 1 },
    ];
    const listed = { sku: 'SET', name: 'Set', kind: 'merchandise', price: {}, components };
    await storefront.sayIn(inventory)('product:SET', 'ProductListed', listed);
    await receive('LID', 9);
    await receive('JAR', 4);
    const wanted = {
      lines: [
        { sku: 'SET', quantity: 2 },
        { sku: 'LID', quantity: 1 },
      ],
    };
    const look = async (): Promise<object> => (await reserve(wanted)).body;
    await becomes(look, { status: 'held' });
    expect(await level('LID')).toMatchObject({ reserved: 5 });
    expect(await level('JAR')).toMatchObject({ reserved: 2 });
    // Another two sets would need one lid more than there is.
    expect(await reserve(wanted)).toMatchObject({ status: 409, body: { short: [{ sku: 'LID', requested: 5, available: 4 }] } });
  });

  it('end when their time is up: the goods are free, and nobody can commit them any more', async () => {
    await receive('FAN', 5);
    const { body } = await reserve({ lines: [{ sku: 'FAN', quantity: 4 }], ttlSeconds: 1 });
    const kept = await reserve({ lines: [{ sku: 'FAN', quantity: 1 }], ttlSeconds: 1 });
    expect(await post(`/${kept.body.id}/commit`)).toMatchObject({ status: 200, body: { status: 'held' } });
    expect(await level('FAN')).toMatchObject({ reserved: 5 });
    await becomes(() => level('FAN'), { reserved: 1, available: 4 });
    expect(await inventory.call('GET', `/inventory/reservations/${body.id}`)).toMatchObject({ body: { status: 'expired' } });
    for (const [what, payload] of [
      ['commit', {}],
      ['extend', { ttlSeconds: 60 }],
      ['release', {}],
    ] as const) {
      expect(await post(`/${body.id}/${what}`, payload)).toMatchObject({ status: 409, body: { code: 'reservation-expired' } });
    }
  }, 60_000);

  it('are held longer when they are extended', async () => {
    await receive('RUG', 1);
    const { body } = await reserve({ lines: [{ sku: 'RUG', quantity: 1 }], ttlSeconds: 60 });
    const longer = await post(`/${body.id}/extend`, { ttlSeconds: 600 });
    expect(longer.status).toBe(200);
    expect(Date.parse(longer.body.expiresAt ?? '')).toBeGreaterThan(Date.parse(body.expiresAt ?? ''));
  });

  it.each([
    [422, 'unknown-location', { location: 'nowhere' }],
    [422, 'place-required', { deliverTo: { latitude: 1, longitude: 1 } }],
    [422, 'place-required', { location: undefined }],
    [400, 'invalid-request', { lines: [] }],
    [400, 'invalid-request', { lines: [{ sku: 'CUP', quantity: 1_000_000_000 }] }],
    [400, 'invalid-request', { ttlSeconds: 0 }],
    [400, 'invalid-request', { ttlSeconds: 604_801 }],
    [400, 'invalid-request', { channel: 'fax' }],
  ])('answer %i %s to %j', async (status, code, changes) => {
    expect(await reserve(changes)).toMatchObject({ status, body: { code } });
  });

  it.each(['extend', 'commit', 'release'])('that nobody made cannot be asked to %s', async (what) => {
    expect(await post(`/none/${what}`, what === 'extend' ? { ttlSeconds: 9 } : {})).toMatchObject({
      ...{ status: 404, body: { code: 'unknown-reservation' } },
    });
  });

  it('are made of one unit by one of many who ask at once', async () => {
    await receive('LAST', 1);
    const answers = await Promise.all(Array.from({ length: 50 }, () => reserve({ lines: [{ sku: 'LAST', quantity: 1 }] })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'out-of-stock')).toHaveLength(49);
  });
});
