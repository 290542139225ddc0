import { randomUUID } from 'node:crypto';
import { run, standIn, type Reply, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';

interface Made {
  id: string;
  status: string;
  lines: object[];
  code: string;
  position: string;
}

interface Level {
  onHand: number;
  reserved: number;
  available: number;
  inTransit: number;
}

describe('transfers over HTTP', () => {
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
    inventory.call('POST', `/inventory/transfers${path}`, payload, headers);
  const send = (sku: string, quantity: number, changes: object = {}, headers = {}): Promise<Reply<Made>> =>
    post('', { from: 'dc', to: 'shop', lines: [{ sku, quantity }], ...changes }, headers);
  const receive = (sku: string, quantity: number): Promise<Reply<Made>> =>
    inventory.call('POST', '/inventory/receipts', { location: 'dc', lines: [{ sku, quantity }] });
  const get = async <T>(path: string, headers = {}): Promise<T> =>
    (await inventory.call<T>('GET', `/inventory/${path}`, undefined, headers)).body;
  const level = (sku: string, location: string): Promise<Level> => get(`stock/${sku}/${location}`);

  it('take goods off one place, have them in transit, and bring them to the other', async () => {
    await receive('TEA', 10);
    const sent = await send('TEA', 6, { expectedAt: '2026-12-24' });
    expect(sent).toMatchObject({
      status: 201,
      body: { status: 'in-transit', from: 'dc', to: 'shop', expectedAt: '2026-12-24T00:00:00.000Z' },
    });
    expect(await level('TEA', 'dc')).toMatchObject({ onHand: 4, available: 4, inTransit: 0 });
    expect(await level('TEA', 'shop')).toMatchObject({ onHand: 0, available: 0, inTransit: 6 });
    const everywhere = await get('stock/TEA', { 'after-position': sent.body.position });
    expect(everywhere).toMatchObject({ onHand: 4, inTransit: 6, byLocation: [{ location: 'dc' }, { inTransit: 6 }] });

    const part = await post(`/${sent.body.id}/receipts`, { lines: [{ sku: 'TEA', quantity: 3 }] });
    expect(part).toMatchObject({ status: 200, body: { status: 'in-transit' } });
    const rest = await post(`/${sent.body.id}/receipts`, {
      lines: [{ sku: 'TEA', quantity: 2 }],
      lostReason: 'crushed',
    });
    const line = { sku: 'TEA', quantity: 6, received: 5, lost: 1, inTransit: 0 };
    expect(rest.body).toMatchObject({ status: 'received', lines: [line] });
    expect(await level('TEA', 'shop')).toMatchObject({ onHand: 5, available: 5, inTransit: 0 });
    expect(await get(`transfers/${sent.body.id}`)).toMatchObject({ id: sent.body.id, lines: [line] });
    expect(await post(`/${sent.body.id}/receipts`)).toMatchObject({ status: 409, body: { code: 'transfer-received' } });
  });

  it('are made once per key', async () => {
    await receive('CUP', 10);
    const key = { 'idempotency-key': randomUUID() };
    const [first, again] = [await send('CUP', 4, {}, key), await send('CUP', 4, {}, key)];
    expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' }, body: { id: first.body.id } });
    expect(await level('CUP', 'shop')).toMatchObject({ inTransit: 4 });
  });

  it('send no more than is available, and say what is there', async () => {
    await receive('POT', 5);
    const held = { lines: [{ sku: 'POT', quantity: 2 }], location: 'dc', ttlSeconds: 600 };
    await inventory.call('POST', '/inventory/reservations', held);
    const { status, body } = await send('POT', 4);
    const short = [{ sku: 'POT', requested: 4, available: 3, onHand: 5, reserved: 2 }];
    expect([status, body]).toMatchObject([409, { code: 'out-of-stock', location: 'dc', short }]);
    expect(await level('POT', 'dc')).toMatchObject({ onHand: 5, reserved: 2 });
    expect(await send('POT', 3)).toMatchObject({ status: 201 });
    expect(await level('POT', 'dc')).toMatchObject({ onHand: 2, reserved: 2, available: 0 });
  });

  it('may be planned, called off, and dispatched when there is enough', async () => {
    const plan = await send('FAN', 2, { dispatch: false });
    expect(plan).toMatchObject({ status: 201, body: { status: 'planned' } });
    expect(await post(`/${plan.body.id}/receipts`)).toMatchObject({ status: 409, body: { code: 'transfer-not-dispatched' } });
    expect(await post(`/${plan.body.id}/dispatch`)).toMatchObject({ status: 409, body: { code: 'out-of-stock' } });
    await receive('FAN', 2);
    expect(await post(`/${plan.body.id}/dispatch`)).toMatchObject({ status: 200, body: { status: 'in-transit' } });
    expect(await post(`/${plan.body.id}/cancel`)).toMatchObject({ status: 409, body: { code: 'transfer-dispatched' } });
    const other = await send('FAN', 1, { dispatch: false });
    const off = await post(`/${other.body.id}/cancel`, { reason: 'no truck' });
    expect(off).toMatchObject({ status: 200, body: { status: 'cancelled' } });

    const list = (query: string): Promise<{ items: { id: string }[] }> =>
      get(`transfers?${query}`, { 'after-position': off.body.position });
    const ids = async (query: string): Promise<string[]> => (await list(query)).items.map(({ id }) => id);
    expect(await ids('to=shop')).toContain(plan.body.id);
    expect(await ids('')).not.toContain(other.body.id);
    expect(await ids('status=cancelled')).toEqual([other.body.id]);
    expect(await ids('to=dc')).toEqual([]);
    expect((await list('status=cancelled&limit=1')).items).toMatchObject([{ units: 1, inTransit: 0, from: 'dc' }]);
  });

  it('are told as of any moment, and explained', async () => {
    const day = (n: number): { happenedAt: string } => ({ happenedAt: `2026-05-0${n}T00:00:00.000Z` });
    await inventory.call('POST', '/inventory/receipts', { location: 'dc', lines: [{ sku: 'JAR', quantity: 9 }], ...day(1) });
    const { body: sent } = await send('JAR', 5, day(2));
    const early = await post(`/${sent.id}/receipts`, day(1));
    expect(early).toMatchObject({ status: 422, body: { code: 'received-before-sent' } });
    await post(`/${sent.id}/receipts`, { lines: [{ sku: 'JAR', quantity: 3 }], ...day(4) });
    const { body: last } = await post(`/${sent.id}/receipts`, { lines: [], lostReason: 'stolen', ...day(6) });
    const asOf = async (date: string): Promise<number[]> => {
      const { onHand, inTransit } = await get<Level>(`stock/JAR?asOf=${date}`, { 'after-position': last.position });
      return [onHand, inTransit];
    };
    expect([await asOf('2026-05-01'), await asOf('2026-05-03'), await asOf('2026-05-05'), await asOf('2026-05-07')]).toEqual([
      ...[
        [9, 0],
        [4, 5],
      ],
      ...[
        [7, 2],
        [7, 0],
      ],
    ]);
    const told = await get<{ formula: string; events: { source: object; type: string }[] }>('stock/JAR/explain');
    expect(told.formula).toBe(
      'available 7 = on hand 7 - reserved 0; on hand 7 = received 9 + transfer received 3 - transfer sent 5; reserved 0 = 0; ' +
        'in transit 0 = transfer announced 5 - transfer lost 2 - transfer received 3',
    );
    expect(told.events.filter(({ type }) => type.startsWith('StockTransfer'))).toHaveLength(4);
    expect(told.events.at(-1)).toMatchObject({ type: 'StockTransferAnnounced', source: { kind: 'transfer', id: sent.id } });
  });

  it.each([
    [422, 'transfer-to-itself', { to: 'dc' }],
    [422, 'unknown-location', { to: 'nowhere' }],
    [422, 'unknown-location', { from: 'nowhere' }],
    [400, 'invalid-request', { lines: [] }],
    [400, 'invalid-request', { lines: [{ sku: 'CUP', quantity: 0 }] }],
    [400, 'invalid-request', { lines: [{ sku: 'CUP', quantity: 1_000_000_000 }] }],
    [400, 'invalid-request', { lines: [{ sku: 'CUP', quantity: 1.5 }] }],
    [400, 'invalid-request', { expectedAt: 'soon' }],
    [400, 'invalid-request', { expectedAt: '2030-W14' }],
    [400, 'invalid-request', { dispatch: 'maybe' }],
  ])('answer %i %s to %j', async (status, code, changes) => {
    expect(await send('CUP', 1, changes)).toMatchObject({ status, body: { code } });
  });

  it.each(['/none/dispatch', '/none/receipts', '/none/cancel'])('that nobody made are not found: %s', async (path) => {
    expect(await post(path)).toMatchObject({ status: 404, body: { code: 'unknown-transfer' } });
    expect(await inventory.call('GET', '/inventory/transfers/none')).toMatchObject({ status: 404 });
    expect(await inventory.call('GET', '/inventory/transfers?status=lost')).toMatchObject({ status: 400 });
  });

  it('send the last units once, however many ask at once', async () => {
    await receive('LAST', 3);
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('LAST', 1)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ body }) => body.code === 'out-of-stock')).toHaveLength(17);
    expect(await level('LAST', 'shop')).toMatchObject({ inTransit: 3 });
  });
});
