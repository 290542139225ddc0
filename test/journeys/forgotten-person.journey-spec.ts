import { createHash, randomUUID } from 'node:crypto';
import { LOG_SERVICES, isSealed, PERSONAL_FIELDS } from '#libs/contracts';
import { Api } from '../../tools/retail/system/api';
import { bodyOf } from '../../tools/retail/system/problem';
import { placesThatSay } from './leftovers';
import { World, type Order } from './world';

const HOME = { latitude: 30.2573919, longitude: 120.1600371 };
const RECIPIENT = { name: 'Ouyang Zhenhua', phone: '13857112233', address: 'Longjing Road 88, Building 4' };
const TOKEN = 'tok-visa-of-ouyang';
const WORDS = [...Object.values(RECIPIENT), ...Object.values(HOME).map(String), TOKEN];
const CUSTOMER = 'c-4711';
const ERASED = { deliverTo: null, recipient: null, erased: true };

interface Personal extends Order {
  deliverTo: object | null;
  recipient?: object | null;
  erased?: true;
}
interface LogEvent {
  type: string;
  data: Record<string, unknown>;
}

/** Needs its steps in this order, as a life does. */
describe('a person wants to be forgotten', () => {
  let world: World;
  let other: Awaited<ReturnType<World['system']['another']>>;
  let elsewhere: Api;
  let orders: Personal[];
  let figures: object[];

  const order = (more: object = {}): Promise<Personal> =>
    world.order('tea', 1, {
      customer: CUSTOMER,
      deliverTo: HOME,
      recipient: RECIPIENT,
      paymentToken: TOKEN,
      ...more,
    }) as Promise<Personal>;
  const found = (id: string): Promise<Personal> => world.get(`/storefront/orders/${id}`);
  const parcel = (id: string): Promise<object> => world.get(`/fulfillment/shipments/${id}`);
  const foundElsewhere = async (id: string): Promise<Personal> =>
    bodyOf(await elsewhere.ask({ method: 'GET', path: `/storefront/orders/${id}` }));
  const erase = (id: string, key: string = randomUUID()) =>
    world.write('POST', `/storefront/customers/${id}/erase`, {}, { 'idempotency-key': key });
  const sums = (): Promise<object[]> =>
    Promise.all(
      [`/customers/${CUSTOMER}`, '/sales/summary', '/stock/summary', `/orders?customer=${CUSTOMER}`].map((path) =>
        world.get<object>(`/unified-view${path}`),
      ),
    );
  const logs = async (): Promise<LogEvent[]> => {
    const pages = LOG_SERVICES.flatMap((service) =>
      Array.from({ length: 8 }, (_, lane) =>
        world.get<{ events: LogEvent[] }>(`/${service}/events?lane=${lane}&after=0&limit=2000`),
      ),
    );
    return (await Promise.all(pages)).flatMap(({ events }) => events);
  };

  beforeAll(async () => {
    world = await World.open();
    await world.place('far', 'warehouse', 90);
    await world.place('near', 'store', 10);
    await world.product('tea', 8800, { near: 50, far: 100 });
    other = await world.system.another();
    elsewhere = new Api({ url: other.url, connections: 2 });
  }, 120_000);
  afterAll(async () => {
    elsewhere.close();
    await other.stop();
    await world.close();
  }, 60_000);

  it('who orders, and is served as anybody: their place is found, their parcel bears their name', async () => {
    orders = [await order(), await order(), await order({ recipient: undefined })];
    const [first] = orders as [Personal];
    expect(first).toMatchObject({ status: 'confirmed', location: 'near', deliverTo: HOME, recipient: RECIPIENT });
    expect(first).not.toHaveProperty('erased');
    await world.ship(first.id);
    await world.rest();
    expect(await found(first.id)).toMatchObject({ status: 'shipped', deliverTo: HOME, recipient: RECIPIENT });
    expect(await parcel(first.id)).toMatchObject({ deliverTo: HOME, recipient: RECIPIENT });
    expect(await foundElsewhere(first.id)).toMatchObject({ deliverTo: HOME, recipient: RECIPIENT });
    const { items } = await world.get<{ items: object[] }>('/fulfillment/shipments');
    expect(items[0]).toMatchObject({ deliverTo: HOME, recipient: RECIPIENT });
  }, 60_000);

  it('whose goods come from elsewhere when a place cannot give them, or from nowhere', async () => {
    const [, second] = orders as [Personal, Personal];
    await world.post(`/inventory/reservations/${second.id}/source-again`, { reason: 'rejected' });
    expect(await order({ lines: [{ sku: 'tea', quantity: 1000 }] })).toMatchObject({ status: 'rejected' });
    await world.rest();
    expect(await found(second.id)).toMatchObject({ status: 'confirmed', location: 'far' });
  }, 60_000);

  it('every field that the contracts call personal is sealed in every log', async () => {
    const fields: Record<string, object> = PERSONAL_FIELDS;
    const seen = (await logs()).flatMap(({ type, data }) => {
      const event = type.split('.').at(-2) ?? '';
      return Object.keys(fields[event] ?? {}).map((field) => [event, field, data[field]] as const);
    });
    expect(new Set(seen.map(([event]) => event))).toEqual(new Set(Object.keys(PERSONAL_FIELDS)));
    expect(seen.filter(([, , value]) => value !== undefined && !isSealed(value))).toEqual([]);
  });

  it('nothing that was said of them can be read in any table or on any topic, while they are customers', async () => {
    expect(await placesThatSay(WORDS, world.system)).toEqual([]);
  }, 60_000);

  it('nor can it be found out by trying: no digest of what they sent is kept', async () => {
    const lines = [{ sku: 'tea', quantity: 1 }];
    const body = { customer: CUSTOMER, currency: 'CNY', lines, deliverTo: HOME, recipient: RECIPIENT };
    const headers = { 'idempotency-key': 'guess-me', prefer: 'wait=20' };
    const digestOf = (path: string, sent: object): string =>
      createHash('sha256')
        .update(`POST ${path}\n${JSON.stringify(sent)}`)
        .digest('base64url');
    await world.write('POST', '/storefront/orders', body, headers);
    const receipt = { location: 'near', lines };
    await world.write('POST', '/inventory/receipts', receipt);
    const digests = [digestOf('/storefront/orders', body), digestOf('/inventory/receipts', receipt)];
    // That of the goods receipt, where nothing is personal, shows that digests are made and found in this way.
    expect(await placesThatSay(digests, world.system)).toEqual([`inventory.command: ${digests[1]}`]);
    expect(await world.write('POST', '/storefront/orders', body, headers)).toMatchObject({
      headers: { 'idempotency-replayed': 'true' },
    });
    const moved = { ...body, deliverTo: { ...HOME, latitude: 31 } };
    expect(await world.write('POST', '/storefront/orders', moved, headers)).toMatchObject({
      ...{ status: 422, body: { code: 'idempotency-key-reused' } },
    });
  }, 60_000);

  it('which is no proof unless words in the clear are found: the name of a product is, wherever it went', async () => {
    const name = 'A book on tea';
    await world.put('/storefront/products/book', { name, price: { amountMinor: 1, currency: 'CNY' } });
    await world.rest();
    const places = await placesThatSay([name], world.system);
    const tables = ['hema.price_list', 'lingshoutong.price_list', 'storefront.event', 'storefront.product'];
    const topics = world.system.bus === 'kafka' ? ['storefront.v1'] : [];
    expect(places.map((place) => place.split(':')[0])).toEqual(expect.arrayContaining([...tables, ...topics]));
  }, 60_000);

  it('then they are erased, once, however often they ask with the same key', async () => {
    await world.rest();
    figures = await sums();
    expect(await erase(CUSTOMER, 'forget-4711')).toMatchObject({ status: 200, body: { id: CUSTOMER, status: 'erased' } });
    const again = await erase(CUSTOMER, 'forget-4711');
    expect(again).toMatchObject({ status: 200, body: { status: 'erased' }, headers: { 'idempotency-replayed': 'true' } });
    await world.rest();
    const said = (await logs()).filter(({ data }) => data['customer'] === CUSTOMER).map(({ type }) => type.split('.').at(-2));
    expect(said.filter((type) => type === 'CustomerErased')).toHaveLength(1);
  }, 30_000);

  it('their orders are there, and say no more than that they are erased', async () => {
    const [first, second, third] = orders as [Personal, Personal, Personal];
    expect(await found(first.id)).toMatchObject({ ...ERASED, status: 'shipped', totalMinor: 8800, customer: CUSTOMER });
    expect(await found(second.id)).toMatchObject(ERASED);
    expect(await found(third.id)).toMatchObject({ deliverTo: null, erased: true });
    expect(await parcel(second.id)).toMatchObject(ERASED);
  });

  it('another instance, which had their key in mind, cannot read them either', async () => {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      if ((await foundElsewhere(orders[0]?.id ?? '')).erased) break;
    }
    for (const { id } of orders) expect(await foundElsewhere(id)).toMatchObject({ deliverTo: null, erased: true });
  }, 30_000);

  it('no sum has changed, and their book goes on', async () => {
    const [customer, ...others] = await sums();
    const erasedAt = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect([customer, ...others]).toEqual([{ ...figures[0], erasedAt }, ...figures.slice(1)]);
    await world.post(`/fulfillment/shipments/${orders[0]?.id}/deliver`);
    await world.rest();
    expect(await found(orders[0]?.id ?? '')).toMatchObject({ ...ERASED, status: 'delivered', payment: 'captured' });
  }, 30_000);

  it('what they order later can be read, until they ask again', async () => {
    const later = await order();
    expect(later).toMatchObject({ status: 'confirmed', deliverTo: HOME, recipient: RECIPIENT });
    expect(await found(orders[0]?.id ?? '')).toMatchObject(ERASED);
    await world.rest();
    await erase(CUSTOMER);
    expect(await found(later.id)).toMatchObject(ERASED);
  }, 30_000);

  it('and still no table and no topic says a word of them', async () => {
    expect(await placesThatSay(WORDS, world.system)).toEqual([]);
  }, 60_000);

  it('and the books hold', () => world.expectBooksToHold(), 60_000);
});
