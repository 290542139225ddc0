import { JwtService } from '@nestjs/jwt';
import { openParcels, PARCEL, SECRET, type Parcels } from '../testing/parcels';
import { serviceToken } from './tokens';

let parcels: Parcels;
beforeAll(async () => {
  parcels = await openParcels({ AUTH_JWT_SECRET: SECRET });
});
afterAll(() => parcels.app.close());

const jwt = new JwtService();
const token = (scope: string, claims: object = { sub: 'li-na' }, secret = SECRET): string =>
  `Bearer ${jwt.sign({ ...claims, scope }, { secret, algorithm: 'HS256' })}`;

interface Got {
  status: number;
  body: Record<string, unknown>;
  challenge: unknown;
}

async function send(method: 'GET' | 'POST', url: string, authorization?: string): Promise<Got> {
  const answer = await parcels.app.inject({
    method,
    url,
    headers: { 'idempotency-key': 'k', ...(authorization !== undefined && { authorization }) },
    ...(method === 'POST' && { payload: PARCEL }),
  });
  const body = (answer.headers['content-type'] ?? '').toString().includes('json') ? answer.json<Record<string, unknown>>() : {};
  return { status: answer.statusCode, body, challenge: answer.headers['www-authenticate'] };
}

describe('where access is not open', () => {
  it.each(['/health', '/health/live'])('%s needs no token', async (url) => {
    expect((await send('GET', url)).status).toBe(200);
  });

  it.each(['/inventory/parcels/7', '/inventory/nothing', '/metrics', '/docs', '/docs/swagger-ui.css', '/openapi.json', '/'])(
    '%s needs a token',
    async (url) => {
      expect(await send('GET', url)).toMatchObject({ status: 401, body: { code: 'token-required' }, challenge: 'Bearer' });
    },
  );

  it.each<['GET' | 'POST', string, string, number]>([
    ['GET', '/inventory/parcels/7', 'inventory:read', 200],
    ['GET', '/inventory/parcels/7', 'storefront:read inventory:read', 200],
    ['GET', '/inventory/parcels/7', '*', 200],
    ['GET', '/inventory/parcels/7', 'inventory:write', 403],
    ['GET', '/%69nventory/parcels/7', 'storefront:read', 403],
    ['POST', '/inventory/parcels', 'inventory:write', 201],
    ['POST', '/inventory/parcels', 'inventory:read', 403],
    ['GET', '/metrics', 'operator:read', 200],
    ['GET', '/metrics', 'inventory:read', 403],
    ['GET', '/openapi.json', 'operator:read', 200],
    ['GET', '/docs', 'operator:read', 200],
  ])('%s %s with %s: %i', async (method, url, scope, status) => {
    expect((await send(method, url, token(scope))).status).toBe(status);
  });

  it('says which scope is missing', async () => {
    expect(await send('POST', '/inventory/parcels', token('inventory:read'))).toMatchObject({
      body: { code: 'scope-required', detail: 'The token does not grant inventory:write.' },
      challenge: 'Bearer error="insufficient_scope", scope="inventory:write"',
    });
  });

  it('writes down who asked', async () => {
    expect((await send('POST', '/inventory/parcels', token('*'))).body['by']).toBe('li-na');
  });

  it('knows further scopes', async () => {
    expect((await send('GET', '/inventory/parcels/7', token('inventory:read'))).body['mayAgree']).toBe(false);
    expect((await send('GET', '/inventory/parcels/7', token('inventory:read prices:agree'))).body['mayAgree']).toBe(true);
  });

  const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"eve","scope":"*"}').toString('base64url')}.`;

  it.each([
    ['signed by somebody else', token('*', { sub: 'eve' }, 'another-secret-of-32-characters-!')],
    ['that has ended', token('*', { sub: 'li-na', exp: seconds(-1) })],
    ['that is not signed', `Bearer ${unsigned}`],
    ['without a subject', token('*', {})],
    ['that is none', 'Bearer tea'],
  ])('does not take a token %s', async (_what, authorization) => {
    expect(await send('GET', '/inventory/parcels/7', authorization)).toMatchObject({
      status: 401,
      body: { code: 'invalid-token' },
    });
  });

  it('does not remember a token beyond its end', async () => {
    const short = token('*', { sub: 'li-na', exp: seconds(60) });
    expect((await send('GET', '/inventory/parcels/7', short)).status).toBe(200);
    jest.useFakeTimers({ now: Date.now() + 61_000, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const later = await send('GET', '/inventory/parcels/7', short).finally(() => jest.useRealTimers());
    expect(later.status).toBe(401);
  });

  it('lets services read the logs of each other, and no more', async () => {
    const own = `Bearer ${serviceToken({ authJwtSecret: SECRET, instance: 'a' }) ?? ''}`;
    expect((await send('GET', '/inventory/parcels/7', own)).status).toBe(200);
    expect((await send('POST', '/inventory/parcels', own)).status).toBe(403);
  });
});

describe('where access is open', () => {
  it('needs no token between services', () => {
    expect(serviceToken({ instance: 'a' })).toBeUndefined();
  });
});
