import { Client } from 'pg';
import { SERVICES } from '#libs/contracts';
import { beginRebuild, findViews, followRebuild, type Rebuilt } from '../../tools/retail/rebuild/views';
import { World } from './world';

interface Progress {
  name: string;
}

describe('views that are made again', () => {
  let world: World;

  async function rebuilt(view: string, service?: string): Promise<Rebuilt> {
    const [place] = await findViews(world.api, view, service);
    if (!place) throw new Error(`Nobody has a view ${view}.`);
    await beginRebuild(world.api, place);
    return followRebuild(world.api, place, () => undefined);
  }

  /** Everything that consumes events and is a view. */
  async function views(service: string): Promise<string[]> {
    const { consumers } = await world.get<{ consumers: Progress[] }>(`/${service}/consumers`);
    const names = [...new Set(consumers.map(({ name }) => name))];
    const found = await Promise.all(names.map((name) => findViews(world.api, name, service)));
    return found.flat().map(({ view }) => view);
  }

  beforeAll(async () => {
    world = await World.open();
    await world.place('dc', 'warehouse');
    await world.product('milk', 500, { dc: 100 });
    for (let n = 1; n <= 5; n++) await world.order('milk', n);
    await world.order('milk', 1000);
    await world.rest();
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  it('come out row by row as they are', async () => {
    const wrong: Rebuilt[] = [];
    let made = 0;
    for (const service of SERVICES) {
      for (const view of await views(service)) {
        const found = await rebuilt(view, service);
        made++;
        if (found.same !== true) wrong.push(found);
      }
    }
    expect(wrong).toEqual([]);
    expect(made).toBeGreaterThan(10);
  }, 120_000);

  it('tell what somebody has spoiled by hand, and put it right', async () => {
    const right = await world.get<object>('/unified-view/stock/milk');
    const database = new Client({ connectionString: world.system.databaseUrl });
    await database.connect();
    await database.query(`UPDATE inventory.availability SET on_hand = 4711 WHERE sku = 'milk'`);
    await database.end();
    expect(await rebuilt('availability')).toMatchObject({
      ...{ ok: true, service: 'inventory', same: false },
      differences: { missing: 0, surplus: 0, changed: 1 },
    });
    expect(await world.get('/unified-view/stock/milk')).toEqual(right);
    expect(await rebuilt('availability')).toMatchObject({ ok: true, same: true });
  }, 60_000);

  it('are none that nobody has heard of', async () => {
    expect(await findViews(world.api, 'shame')).toEqual([]);
  });

  it('leave books that hold', () => world.expectBooksToHold(), 60_000);
});
