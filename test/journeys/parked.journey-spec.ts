import { Client } from 'pg';
import { listParked, retryParked, skipParked, type Waiting } from '../../tools/retail/parked/parked-api';
import { World } from './world';

describe('what a view cannot take in', () => {
  let world: World;
  let database: Client;
  const POISON = 66_600;
  const parked = (): Promise<Waiting[]> => listParked(world.api, { service: 'unified-view' });
  const inView = async (id: string): Promise<number> =>
    (await world.ask({ method: 'GET', path: `/unified-view/orders/${id}` })).status;

  async function untilParked(count: number): Promise<Waiting[]> {
    for (;;) {
      const found = await parked();
      if (found.length >= count) return found;
    }
  }

  /** A table that refuses one total: a fault of ours, which a release mends. */
  const refuse = (): Promise<unknown> =>
    database.query(`ALTER TABLE unified_view.order_book ADD CONSTRAINT no_poison CHECK (total_minor <> ${POISON}) NOT VALID`);
  const mend = (): Promise<unknown> => database.query('ALTER TABLE unified_view.order_book DROP CONSTRAINT no_poison');

  beforeAll(async () => {
    world = await World.open();
    database = new Client({ connectionString: world.system.databaseUrl });
    await database.connect();
    await world.place('dc', 'warehouse');
    await world.product('milk', 500, { dc: 100 });
    await world.product('poison', POISON, { dc: 100 });
  }, 120_000);
  afterAll(async () => {
    await database.end();
    await world.close();
  }, 60_000);

  it('waits with what follows in its stream, and nothing else does', async () => {
    await refuse();
    const bad = await world.order('poison', 1);
    const good = await world.order('milk', 1);
    const [waiting] = await untilParked(1);
    expect(waiting).toMatchObject({ service: 'unified-view', kind: 'view', type: 'OrderPlaced', stream: `order:${bad.id}` });
    expect(waiting?.error).toContain('no_poison');
    await world.rest();
    expect([await inView(bad.id), await inView(good.id)]).toEqual([404, 200]);
    expect((await retryParked(world.api, { service: 'unified-view' })).failed).toHaveLength(1);
  }, 60_000);

  it('is taken in, in order, once the fault is mended and it is tried again', async () => {
    const [waiting] = await parked();
    await mend();
    expect(await retryParked(world.api, { service: 'unified-view' })).toMatchObject({ failed: [] });
    expect(await parked()).toEqual([]);
    const id = waiting?.stream.slice('order:'.length) ?? '';
    expect(await world.get(`/unified-view/orders/${id}`)).toMatchObject({ status: 'confirmed', totalMinor: POISON });
    await world.expectBooksToHold();
  }, 60_000);

  it('can be given up, which the log says for ever', async () => {
    await refuse();
    await world.order('poison', 1);
    const [waiting] = await untilParked(1);
    if (!waiting) throw new Error('Nothing is parked.');
    const { position } = await skipParked(world.api, waiting, 'a test order of ours');
    const [, lane, at] = /:(\d+)=(\d+)$/.exec(position) ?? [];
    const path = `/unified-view/events?lane=${lane}&after=${Number(at) - 1}&limit=1`;
    const { events } = await world.get<{ events: { type: string; data: object }[] }>(path);
    expect(events[0]).toMatchObject({ data: { event: waiting.event, reason: 'a test order of ours' } });
    await mend();
  }, 60_000);
});
