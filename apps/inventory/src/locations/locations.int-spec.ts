import { randomUUID } from 'node:crypto';
import { Consumers } from '#libs/eventsourcing';
import { run, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';

const HEADER = 'id,name,kind,latitude,longitude,capabilities,timeZone,openingHours,serviceRadiusMeters,serviceArea,dailyOrders';
const FILE = `${HEADER}
dc,"Xiasha, distribution center",warehouse,30.3079,120.3836,,,,,,5000
wulin,Hema Wulin,store,30.2744,120.1636,,Asia/Shanghai,mon-sun 08:00-22:00,3000,,
binjiang,Hema Binjiang,store,30.2083,120.2119,ships pickup,,,,"[[120.1,30.1],[120.3,30.1],[120.3,30.3],[120.1,30.1]]",
box,Box at the gate,locker,30.25,120.16,,,,,,
`;

interface Problem {
  code: string;
}
interface Imported {
  rows: number;
  errors: { line: number; code: string }[];
}

describe('the places of the network', () => {
  let inventory: Running;

  beforeAll(async () => {
    inventory = await run(InventoryModule);
  }, 60_000);
  afterAll(() => inventory.stop());

  async function send(
    payload: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: Imported & Problem }> {
    const { statusCode: status, body } = await inventory.app.inject({
      method: 'POST',
      url: '/inventory/locations/import',
      headers: { 'idempotency-key': randomUUID(), 'content-type': 'text/csv', ...headers },
      payload,
    });
    return { status, body: JSON.parse(body) as Imported & Problem };
  }

  async function listed(query: string): Promise<string[]> {
    await inventory.app.get(Consumers, { strict: false }).caughtUp(5000);
    const { body } = await inventory.call<{ items: { id: string }[] }>('GET', `/inventory/locations?${query}`);
    return body.items.map(({ id }) => id);
  }

  it('come from a file, and once: sent again, it changes nothing', async () => {
    const counts = { rows: 4, registered: 0, changed: 0, unchanged: 0, rejected: 0, errors: [] };
    expect(await send(FILE)).toEqual({ status: 200, body: { ...counts, registered: 4 } });
    expect((await send(FILE)).body).toEqual({ ...counts, unchanged: 4 });
    expect((await send(FILE.replace('Hema Wulin', 'Hema Wulin Square'))).body).toEqual({ ...counts, unchanged: 3, changed: 1 });
    expect((await inventory.call('GET', '/inventory/locations/dc')).body).toMatchObject({
      name: 'Xiasha, distribution center',
      capabilities: ['ships'],
      dailyOrders: 5000,
    });
  });

  it('come without the rows that are wrong, which are told by their lines', async () => {
    const rows = [
      ...['good,Good,store,30,120,,,,,,', 'bad-zone,Bad,store,30,120,,Asia/Nowhere,,,,', 'north,Bad,store,north,120,,,,,,'],
      ...[
        'two lines,"no\nid",store,30,120,,,,,,',
        'short,Short',
        '',
        'also-good,Good,store,30,120,fly,,,,,',
        'last,Last,store,1,1,,,,,,',
      ],
    ];
    const { body } = await send([HEADER, ...rows].join('\r\n'));
    expect(body).toMatchObject({ rows: 7, registered: 2, rejected: 5 });
    expect(body.errors.map(({ line, code }) => `${line} ${code}`)).toEqual([
      ...['3 unknown-time-zone', '4 invalid-request', '6 invalid-location-id', '7 wrong-number-of-cells', '9 invalid-request'],
    ]);
  });

  it.each([
    ['no header', '', 422, 'unreadable-header'],
    ['a header of something else', 'sku,quantity\nA,1\n', 422, 'unreadable-header'],
    ['a quote that does not end', `${HEADER}\nfine,Fine,store,1,1,,,,,,\nq,"Q,store,1,1`, 422, 'unreadable-csv'],
  ])('do not come from a file with %s', async (_, file, status, code) => {
    const answer = await send(file);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('come from a file and not from JSON, and other routes take no file', async () => {
    const json = await send('{}', { 'content-type': 'application/json' });
    expect([json.status, json.body.code]).toEqual([400, 'csv-required']);
    const put = await inventory.app.inject({
      method: 'PUT',
      url: '/inventory/locations/x',
      headers: { 'idempotency-key': 'x', 'content-type': 'text/csv' },
      payload: FILE,
    });
    expect([put.statusCode, (JSON.parse(put.body) as Problem).code]).toEqual([415, 'unsupported-media-type']);
  });

  it('a file of ten thousand comes in while it is read', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => `p${n},Place ${n},corner-shop,${n / 1000},100,,,,,,`);
    expect((await send([HEADER, ...rows].join('\n'))).body).toMatchObject({ rows: 10_000, registered: 10_000 });
  }, 60_000);

  it('can be listed by what they are, what they can do, and where', async () => {
    expect(await listed('kind=locker')).toEqual(['box']);
    expect(await listed('kind=store&capability=thirty-minute')).toEqual(['good', 'last', 'wulin']);
    expect(await listed('near=30.25,120.16&km=8')).toEqual(['binjiang', 'box', 'wulin']);
    expect(await listed('near=30.25,120.16&km=2.8')).toEqual(['box', 'wulin']);
  });

  it.each([
    ['kind=shop', 'unknown-kind'],
    ['capability=fly', 'unknown-capability'],
    ['near=30.25,120.16', 'invalid-area'],
    ['near=91,120&km=5', 'invalid-area'],
    ['km=5', 'invalid-area'],
  ])('cannot be listed by %s', async (query, code) => {
    expect(await inventory.call('GET', `/inventory/locations?${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  it('say all that is known of them', async () => {
    const facts = {
      ...{ name: 'Full', kind: 'store', latitude: 30.1, longitude: 120.1, capabilities: ['pickup', 'chilled'] },
      timeZone: 'Asia/Shanghai',
      openingHours: { saturday: [{ opens: '10:00', closes: '24:00' }] },
      serviceArea: [
        [120, 30],
        [121, 30],
        [121, 31],
        [120, 30],
      ],
      dailyOrders: 10,
    };
    expect(await inventory.call('PUT', '/inventory/locations/full', facts)).toMatchObject({
      status: 201,
      body: { id: 'full', ...facts },
    });
    expect((await inventory.call('GET', '/inventory/locations/full')).body).toMatchObject(facts);
    await inventory.app.get(Consumers, { strict: false }).caughtUp(5000);
    const { body } = await inventory.call<{ items: object[] }>('GET', '/inventory/locations?near=30.1,120.1&km=0.1');
    expect(body.items).toEqual([{ id: 'full', ...facts }]);
  });

  it.each([
    [{ openingHours: { someday: [] } }, '/openingHours/someday'],
    [{ openingHours: { monday: [{ opens: '8', closes: '24:00' }] } }, '/openingHours/monday/0/opens'],
    [{ openingHours: { monday: [{ opens: '24:00', closes: '24:00' }] } }, '/openingHours/monday/0/opens'],
    [{ serviceArea: [1] }, '/serviceArea'],
    [{ serviceRadiusMeters: 0.5 }, '/serviceRadiusMeters'],
    [{ capabilities: ['ships', 'ships'] }, '/capabilities'],
    [{ dailyOrders: 0 }, '/dailyOrders'],
  ])('are refused when what is said of them cannot be: %j', async (change, pointer) => {
    const facts = { name: 'X', kind: 'store', latitude: 1, longitude: 1, timeZone: 'UTC', ...change };
    const { status, body } = await inventory.call<{ errors: { pointer: string }[] }>('PUT', '/inventory/locations/x', facts);
    expect([status, body.errors.map((error) => error.pointer)]).toEqual([400, expect.arrayContaining([pointer])]);
  });
});
