import { openParcels, PARCEL, type Parcels } from '../testing/parcels';

let parcels: Parcels;
beforeAll(async () => {
  parcels = await openParcels();
});
afterAll(() => parcels.app.close());
beforeEach(() => Object.assign(parcels.script.outcome, { created: true, duplicate: false, version: 1 }));

type Said = Record<string, string | number | undefined> & { ids: string[] };

async function pack(
  headers: Record<string, string> = {},
  payload: object = PARCEL,
): Promise<{ said: Said; headers: object; status: number }> {
  const answer = await parcels.app.inject({
    method: 'POST',
    url: '/inventory/parcels?trace=1',
    headers: { 'idempotency-key': 'key-1', ...headers },
    payload,
  });
  return { said: answer.json<Said>(), headers: answer.headers, status: answer.statusCode };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('what comes with a write', () => {
  it('is the same for the same key and body, however the JSON is laid out', async () => {
    const first = await pack();
    const again = await parcels.app.inject({
      method: 'POST',
      url: '/inventory/parcels',
      headers: { 'idempotency-key': 'key-1', 'content-type': 'application/json' },
      payload: JSON.stringify(PARCEL, undefined, 2),
    });
    expect(again.json()).toEqual(first.said);
  });

  it('is a command id and fresh ids that follow from the key', async () => {
    const { said } = await pack();
    expect(said.commandId).toMatch(UUID);
    expect(said.ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(new Set([said.commandId, ...said.ids]).size).toBe(3);
    const other = await pack({ 'idempotency-key': 'key-2' });
    expect(other.said.commandId).not.toBe(said.commandId);
    expect(other.said.ids).not.toEqual(said.ids);
    expect(other.said.fingerprint).toBe(said.fingerprint);
  });

  it('tells another body under the same key apart', async () => {
    const first = await pack();
    const second = await pack({}, { ...PARCEL, customer: 'Wang Fang' });
    expect(second.said.commandId).toBe(first.said.commandId);
    expect(second.said.fingerprint).not.toBe(first.said.fingerprint);
  });

  it('hands the body over as an instance of its class', async () => {
    expect((await pack()).said).toMatchObject({ body: 'PackParcel', by: 'anonymous' });
  });

  it('carries the version and the wait of the caller', async () => {
    const { said } = await pack({ 'if-match': '"7"', prefer: 'respond-async, wait=5' });
    expect(said).toMatchObject({ expectedVersion: 7, waitMs: 5000 });
    expect((await pack()).said).not.toHaveProperty('expectedVersion');
    expect((await pack({ prefer: 'wait="2"; x=1' })).said['waitMs']).toBe(2000);
    expect((await pack({ prefer: 'wait=9999' })).said['waitMs']).toBe(30_000);
    expect((await pack({ prefer: 'return=minimal' })).said).not.toHaveProperty('waitMs');
  });

  it.each([
    [undefined, '2026-03-01T12:00:00.000Z'],
    ['2010-12-01T08:26:00', '2010-12-01T08:26:00.000Z'],
    ['2010-12-01T08:26', '2010-12-01T08:26:00.000Z'],
    ['2010-12-01T08:26:00+08:00', '2010-12-01T00:26:00.000Z'],
    ['2010-12-01', '2010-12-01T00:00:00.000Z'],
    ['2026-03-02T11:59:59Z', '2026-03-02T11:59:59.000Z'],
  ])('happened at %s, which is %s', async (happenedAt, now) => {
    expect((await pack({}, { ...PARCEL, ...(happenedAt && { happenedAt }) })).said.now).toBe(now);
  });
});

describe('the answer to a write', () => {
  it('is 201 with version, position and ETag when the resource began', async () => {
    const { status, said, headers } = await pack();
    expect(status).toBe(201);
    expect(said).toMatchObject({ version: 1, position: 'inventory:0=1' });
    expect(headers).toMatchObject({ etag: '"1"' });
    expect(headers).not.toHaveProperty('idempotency-replayed');
  });

  it('is 200 when the resource was there', async () => {
    Object.assign(parcels.script.outcome, { created: false, version: 2 });
    expect(await pack()).toMatchObject({ status: 200, headers: { etag: '"2"' } });
  });

  it('says when it is a repeat', async () => {
    Object.assign(parcels.script.outcome, { created: false, duplicate: true });
    expect(await pack()).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
  });

  it('has the status that a route wants', async () => {
    const request = {
      method: 'PUT',
      url: '/inventory/parcels/7/seal',
      headers: { 'idempotency-key': 'k' },
      payload: {},
    } as const;
    expect(await parcels.app.inject(request)).toMatchObject({ statusCode: 202 });
  });
});

describe('the answer to a read of one resource', () => {
  it('has its version as ETag', async () => {
    const answer = await parcels.app.inject({ method: 'GET', url: '/inventory/parcels/7' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ etag: '"3"' });
    expect(answer.json()).toEqual({ id: '7', mayAgree: true, version: 3 });
  });
});
