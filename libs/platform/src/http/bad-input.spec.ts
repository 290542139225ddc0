import { Refusal } from '#libs/eventsourcing/vocabulary';
import { openParcels, PARCEL, type Parcels } from '../testing/parcels';
import type { ProblemDocument } from './problem';

let parcels: Parcels;
beforeAll(async () => {
  parcels = await openParcels({ BODY_LIMIT_BYTES: '2048' });
});
afterAll(() => parcels.app.close());
beforeEach(() => {
  parcels.script.error = undefined;
  parcels.log.length = 0;
});

interface Sent {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url?: string;
  headers?: Record<string, string>;
  payload?: unknown;
}
interface Got {
  status: number;
  problem: ProblemDocument;
  headers: Record<string, unknown>;
}

async function send({ method = 'POST', url = '/inventory/parcels', headers = {}, payload = PARCEL }: Sent): Promise<Got> {
  const body = method === 'GET' ? undefined : typeof payload === 'string' ? payload : JSON.stringify(payload);
  const answer = await parcels.app.inject({
    method,
    url,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), 'idempotency-key': 'k', ...headers },
    ...(body !== undefined && { payload: body }),
  });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  return { status: answer.statusCode, problem: answer.json<ProblemDocument>(), headers: answer.headers };
}

describe('a request that cannot be carried out', () => {
  it('is answered with a problem document that says what, why and what to do', async () => {
    const { problem } = await send({ method: 'GET', url: '/inventory/parcels/nowhere' });
    expect(problem).toEqual({
      type: 'urn:problem-type:new-retail:unknown-parcel',
      title: 'Unknown parcel',
      status: 404,
      detail: 'There is no parcel nowhere.',
      code: 'unknown-parcel',
      remedy: 'Pack it first.',
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/) as string,
    });
  });

  it.each<[string, number, string, Sent]>([
    ['JSON that breaks off', 400, 'malformed-json', { payload: '{"customer":' }],
    ['an empty body', 400, 'malformed-json', { payload: '' }],
    ['JSON that reaches for prototypes', 400, 'malformed-json', { payload: '{"__proto__":{"admin":true}}' }],
    ['a body that is too large', 413, 'body-too-large', { payload: { customer: 'x'.repeat(3000) } }],
    [
      'a form',
      415,
      'unsupported-media-type',
      { payload: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['plain text', 415, 'unsupported-media-type', { payload: 'a', headers: { 'content-type': 'text/plain' } }],
    ['an unknown route', 404, 'unknown-route', { method: 'GET', url: '/inventory/nothing?x=1' }],
    ['a wrong method', 405, 'method-not-allowed', { method: 'PATCH', url: '/inventory/parcels/7' }],
    ['an empty path segment', 404, 'unknown-route', { method: 'PUT', url: '/inventory/parcels//seal' }],
    ['a path that is no UTF-8', 400, 'invalid-path', { method: 'GET', url: '/inventory/parcels/%c3%28' }],
    ['a path with a NUL', 400, 'invalid-path', { method: 'GET', url: '/inventory/parcels/a%00' }],
    ['a query with a NUL', 400, 'invalid-path', { method: 'GET', url: '/inventory/parcels?cursor=%00' }],
    ['a text with a NUL', 400, 'malformed-json', { payload: { ...PARCEL, customer: 'Li\0Na' } }],
    ['an id without end', 400, 'invalid-path', { method: 'GET', url: `/inventory/parcels/${'x'.repeat(300)}` }],
    ['an array for a body', 400, 'invalid-request', { payload: [] }],
    ['null for a body', 400, 'invalid-request', { payload: 'null' }],
    ['no Idempotency-Key', 400, 'idempotency-key-required', { headers: { 'idempotency-key': '' } }],
    ['a blank in the Idempotency-Key', 400, 'invalid-idempotency-key', { headers: { 'idempotency-key': 'a b' } }],
    ['an endless Idempotency-Key', 400, 'invalid-idempotency-key', { headers: { 'idempotency-key': 'a'.repeat(129) } }],
    ['an If-Match that is no version', 400, 'invalid-if-match', { headers: { 'if-match': 'W/"3"' } }],
    ['a Prefer that waits for nothing', 400, 'invalid-prefer', { headers: { prefer: 'wait=soon' } }],
    ['a position that is none', 400, 'invalid-position', { headers: { 'after-position': 'inventory' } }],
    ['a time that is none', 400, 'invalid-request', { payload: { ...PARCEL, happenedAt: '2026-W48-3' } }],
    ['a time to come', 400, 'happened-in-the-future', { payload: { ...PARCEL, happenedAt: '2026-03-02T12:00:01Z' } }],
    ['a cursor from elsewhere', 400, 'invalid-cursor', { method: 'GET', url: '/inventory/parcels?cursor=abc' }],
    ['a limit of nothing', 400, 'invalid-limit', { method: 'GET', url: '/inventory/parcels?limit=0' }],
  ])('%s: %i %s', async (_what, status, code, sent) => {
    const { problem, status: got } = await send(sent);
    expect(problem).toMatchObject({ status, code });
    expect(got).toBe(status);
    expect(problem.remedy).toMatch(/\.$/);
    expect(parcels.log).toEqual([]);
  });

  it('names the methods that a path does answer', async () => {
    const { headers, problem } = await send({ method: 'PATCH', url: '/inventory/parcels' });
    expect(headers['allow']).toBe('GET, HEAD, POST');
    expect(problem.remedy).toBe('Use GET, HEAD, POST.');
  });

  it('points to every field that is wrong, and to fields that nobody asked for', async () => {
    const lines = [{ sku: 'tea', quantity: 1 }, { sku: 'TEA', quantity: 0 }, 7];
    const { problem } = await send({ payload: { id: 'mine', lines, 'a/b': 1 } });
    expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/a~1b',
      '/customer',
      '/id',
      '/lines/1/quantity',
      '/lines/1/sku',
      '/lines/2',
    ]);
    expect(problem.errors?.find(({ pointer }) => pointer === '/lines/1/quantity')?.detail).toBe(
      'quantity must not be less than 1',
    );
  });

  it.each<[object, string, string]>([
    [{ deliverTo: [] }, '/deliverTo', 'must be one object'],
    [{ deliverTo: [{ latitude: 30, longitude: 120 }] }, '/deliverTo', 'must be one object'],
    [{ lines: { sku: 'tea', quantity: 1 } }, '/lines', 'must be an array'],
    [{ lines: [[]] }, '/lines/0', 'must be one object'],
    [{ lines: [null] }, '/lines/0', 'must be either object or array'],
    [{ deliverTo: { latitude: 91, longitude: 120 } }, '/deliverTo/latitude', 'latitude must be a latitude'],
    [{ lines: [{ sku: 'tea', quantity: 1, toString: 1 }] }, '/lines/0/toString', 'property toString should not exist'],
    [{ constructor: 5 }, '/constructor', 'property constructor should not exist'],
  ])('lets nothing pass for something else: %j', async (fields, pointer, detail) => {
    const { problem } = await send({ payload: { ...PARCEL, ...fields } });
    expect(problem.errors).toContainEqual({ pointer, detail: expect.stringContaining(detail) as string });
  });

  it('takes a text that only tells of a NUL', async () => {
    const payload = { ...PARCEL, customer: String.raw`C:\u0000` };
    const headers = { 'idempotency-key': 'k' };
    const { statusCode } = await parcels.app.inject({ method: 'POST', url: '/inventory/parcels', headers, payload });
    expect(statusCode).toBe(201);
  });

  it('takes no field where a body has none', async () => {
    const { problem } = await send({ method: 'PUT', url: '/inventory/parcels/7/seal', payload: { id: '8' } });
    expect(problem.errors).toEqual([{ pointer: '/id', detail: 'property id should not exist' }]);
  });
});

describe('an error behind a route', () => {
  const failing = (error: unknown): Promise<Got> => {
    parcels.script.error = error;
    return send({ method: 'GET', url: '/inventory/parcels/7' });
  };

  it('is told to nobody but the log, where its instance finds it', async () => {
    const { status, problem } = await failing(new Error('secret of the house'));
    expect({ status, code: problem.code }).toEqual({ status: 500, code: 'internal-error' });
    expect(JSON.stringify(problem)).not.toContain('secret of the house');
    expect(parcels.log.join()).toContain('secret of the house');
    expect(parcels.log.join()).toContain(problem.instance.slice('urn:uuid:'.length));
  });

  it.each<[string, number, ConstructorParameters<typeof Refusal>[3]]>([
    ['out-of-stock', 409, 'conflict'],
    ['unknown-sku', 404, 'not-found'],
    ['idempotency-key-reused', 422, 'unprocessable'],
    ['version-mismatch', 412, 'conflict'],
    ['invalid-query', 400, 'unprocessable'],
  ])('is a refusal with its own status: %s %i', async (code, status, kind) => {
    const { problem } = await failing(new Refusal(code, 'It cannot be.', 'Do else.', kind));
    expect(problem).toMatchObject({ code, status, detail: 'It cannot be.', remedy: 'Do else.' });
  });

  const coded = (code: string, message = 'no'): Error => Object.assign(new Error(message), { code });

  it.each<[string, unknown]>([
    ['a refused connection', coded('ECONNREFUSED')],
    ['a server that shuts down', coded('57P01')],
    ['a server that starts', coded('57P03')],
    ['a broken connection', coded('08006')],
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    ['the same, wrapped by TypeORM', Object.assign(new Error('QueryFailedError'), { driverError: coded('57P01') })],
  ])('says that the database is away: %s', async (_what, error) => {
    const { status, problem, headers } = await failing(error);
    expect({ status, code: problem.code, after: headers['retry-after'] }).toEqual({
      status: 503,
      code: 'database-unavailable',
      after: '1',
    });
  });
});
