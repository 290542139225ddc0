import type { Answer } from '../../tools/retail/system/api';
import { readHeads } from '../../tools/retail/system/at-rest';
import { HANGZHOU, World } from './world';

describe('what cannot be done', () => {
  let world: World;
  const order = (change: object = {}): object => ({
    ...{ customer: 'Li Na', currency: 'CNY', lines: [{ sku: 'tea', quantity: 1 }], deliverTo: HANGZHOU },
    ...change,
  });
  const place = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
    world.write('POST', '/storefront/orders', body, headers);
  const move = (change: object): Promise<Answer> =>
    world.write('POST', '/inventory/transfers', { from: 'dc', to: 'shop', lines: [{ sku: 'tea', quantity: 1 }], ...change });
  const lines = (change: object): object => order({ lines: [{ sku: 'tea', quantity: 1, ...change }] });

  beforeAll(async () => {
    world = await World.open();
    await world.place('dc', 'warehouse');
    await world.place('shop', 'store', 10);
    await world.product('tea', 8800, { dc: 10 });
    await world.rest();
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  /** Sent as it is, past the client that knows JSON. */
  async function raw(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(new URL(path, world.system.url), init);
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, headers, body: await response.json() };
  }
  const rawOrder = (body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    raw('/storefront/orders', {
      ...{ method: 'POST', body },
      headers: { 'content-type': 'application/json', 'idempotency-key': 'raw', ...headers },
    });

  const cases: [what: string, status: number, code: string, send: () => Promise<Answer>][] = [
    ['an unknown SKU', 422, 'unknown-sku', () => place(lines({ sku: 'coffee' }))],
    ['a quantity of zero', 400, 'invalid-request', () => place(lines({ quantity: 0 }))],
    ['a quantity below zero', 400, 'invalid-request', () => place(lines({ quantity: -1 }))],
    ['half a unit', 400, 'invalid-request', () => place(lines({ quantity: 0.5 }))],
    ['no lines', 400, 'invalid-request', () => place(order({ lines: [] }))],
    ['a field that nobody knows', 400, 'invalid-request', () => place(order({ discount: 100 }))],
    ['another currency than the price', 422, 'currency-mismatch', () => place(order({ currency: 'EUR' }))],
    ['no currency at all', 400, 'invalid-request', () => place(order({ currency: 'yuan' }))],
    ['malformed JSON', 400, 'malformed-json', () => rawOrder('{"customer": ')],
    ['a list for a body', 400, 'invalid-request', () => rawOrder('[]')],
    [
      'a body that is too large',
      413,
      'body-too-large',
      () => rawOrder(JSON.stringify(order({ customer: 'x'.repeat(2_000_000) }))),
    ],
    ['a body that is no JSON', 415, 'unsupported-media-type', () => rawOrder('<order/>', { 'content-type': 'text/xml' })],
    ['an unknown route', 404, 'unknown-route', () => world.write('POST', '/storefront/wishes', {})],
    ['the wrong method', 405, 'method-not-allowed', () => world.write('PUT', '/storefront/orders', {})],
    ['no Idempotency-Key', 400, 'idempotency-key-required', () => rawOrder(JSON.stringify(order()), { 'idempotency-key': '' })],
    [
      'an unknown place',
      422,
      'unknown-location',
      () => world.write('POST', '/inventory/receipts', { location: 'moon', lines: [{ sku: 'tea', quantity: 1 }] }),
    ],
    [
      'a place on no globe',
      400,
      'invalid-request',
      () => world.write('PUT', '/inventory/locations/x', { name: 'x', kind: 'store', latitude: 91, longitude: 0 }),
    ],
    [
      'an unknown shift',
      422,
      'unknown-shift',
      () => world.write('POST', '/hema/sales', { shiftId: 'none', lines: [{ sku: 'tea', quantity: 1 }], tender: 'cash' }),
    ],
    [
      'an unknown shop',
      422,
      'unknown-shop',
      () =>
        world.write('POST', '/lingshoutong/supply-orders', {
          shop: 'none',
          currency: 'CNY',
          lines: [{ sku: 'tea', quantity: 1 }],
        }),
    ],
    ['a parcel that nobody packs', 404, 'unknown-shipment', () => world.write('POST', '/fulfillment/shipments/none/ship', {})],
    ['a transfer to where the goods are', 422, 'transfer-to-itself', () => move({ to: 'dc' })],
    ['a transfer of a thousand million units', 400, 'invalid-request', () => move({ lines: [{ sku: 'tea', quantity: 1e9 }] })],
    ['a transfer of more than there is', 409, 'out-of-stock', () => move({ lines: [{ sku: 'tea', quantity: 11 }] })],
    ['a transfer to nowhere', 422, 'unknown-location', () => move({ to: 'moon' })],
    [
      'goods of a transfer that nobody sent',
      404,
      'unknown-transfer',
      () => world.write('POST', '/inventory/transfers/none/receipts', {}),
    ],
    [
      'a delivery on a purchase order that nobody placed',
      404,
      'unknown-purchase-order',
      () => world.write('POST', '/inventory/purchase-orders/none/receipts', { lines: [{ sku: 'tea', quantity: 1 }] }),
    ],
    [
      'a promise for a day that is over',
      400,
      'date-in-the-past',
      () => world.ask({ method: 'GET', path: '/inventory/atp/tea?date=2020-01-01' }),
    ],
    ['an unknown order', 404, 'unknown-order', () => world.ask({ method: 'GET', path: '/unified-view/orders/none' })],
    ['an unknown customer', 404, 'unknown-customer', () => world.ask({ method: 'GET', path: '/unified-view/customers/none' })],
    [
      'a time that is none',
      400,
      'invalid-time',
      () => world.ask({ method: 'GET', path: '/unified-view/sales/summary?from=yesterday' }),
    ],
    [
      'a currency that is none',
      400,
      'invalid-currency',
      () => world.ask({ method: 'GET', path: '/unified-view/sales/summary?currency=fen' }),
    ],
    ['a foreign cursor', 400, 'invalid-cursor', () => world.ask({ method: 'GET', path: '/unified-view/stock?cursor=x' })],
    [
      'a limit beyond the limit',
      400,
      'invalid-limit',
      () => world.ask({ method: 'GET', path: '/unified-view/orders?limit=201' }),
    ],
    ['a lane that is not there', 400, 'invalid-query', () => world.ask({ method: 'GET', path: '/storefront/events?lane=99' })],
  ];

  it.each(cases)('%s is answered with %d %s and a remedy, and changes nothing', async (_what, status, code, send) => {
    const before = await readHeads(world.api);
    const answer = await send();
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    const { type, title, detail, remedy, instance } = answer.body as Record<string, string>;
    expect([type, title, detail, remedy, instance].every((text) => /\w/.test(text ?? ''))).toBe(true);
    expect(await readHeads(world.api)).toEqual(before);
  });

  it('a key that was used for something else is refused, and the first stays as it was', async () => {
    const headers = { 'idempotency-key': 'once', prefer: 'wait=20' };
    const first = await place(order(), headers);
    expect(await place(order({ customer: 'Zhang Min' }), headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    expect((await place(order(), headers)).body).toMatchObject({ id: (first.body as { id: string }).id, customer: 'Li Na' });
  }, 30_000);

  it('a version that somebody else has changed meanwhile is refused', async () => {
    const body = { name: 'Longjing', price: { amountMinor: 9900, currency: 'CNY' } };
    const path = '/storefront/products/tea';
    const { headers } = await world.ask({ method: 'GET', path });
    const [seen, stale] = [String(headers.etag), '"99"'];
    expect(await world.write('PUT', path, body, { 'if-match': stale })).toMatchObject({
      status: 412,
      body: { code: 'version-mismatch' },
    });
    expect(await world.write('PUT', path, body, { 'if-match': seen })).toMatchObject({ status: 200 });
    expect(await world.write('PUT', path, { ...body, name: 'x' }, { 'if-match': seen })).toMatchObject({ status: 412 });
    expect(await world.get(path)).toMatchObject({ name: 'Longjing' });
  });

  it('leaves books that hold', () => world.expectBooksToHold(), 60_000);
});
