import type { Pool } from 'pg';
import { eventHash } from '../envelope';
import { eventStoreContract, oneEvent, together } from '../testing/event-store.contract';
import { openTestPool } from '../testing/postgres';
import { migrate, schemaOf } from './migrate';
import { PostgresStore } from './postgres-store';

describe('the log in PostgreSQL', () => {
  let pool: Pool;
  beforeAll(() => {
    pool = openTestPool();
  });
  afterAll(() => pool.end());

  eventStoreContract(async () => {
    await pool.query('DROP SCHEMA IF EXISTS cupboard CASCADE');
    await migrate(pool, 'cupboard', { log: true, lanes: 8 });
    return new PostgresStore('cupboard', pool, schemaOf('cupboard'), 8);
  });

  it('gives what it wrote from memory just as the table has it', async () => {
    const open = (): PostgresStore => new PostgresStore('cupboard', pool, schemaOf('cupboard'), 8);
    const writer = open();
    await writer.append(
      together(...Array.from({ length: 30 }, (_, n) => oneEvent(`mug:${n}`, 0, { data: `{"n":${n},"of":"ü"}` }))),
    );
    for (let lane = 0; lane < 8; lane++) {
      expect(writer.written(lane)).toBe((await open().heads())[lane]);
      expect(await writer.follow(lane, 0, 100)).toEqual(await open().read(lane, 0, 100));
    }
  });

  it('links on where another writer has been, and never records before it', async () => {
    const open = (): PostgresStore => new PostgresStore('cupboard', pool, schemaOf('cupboard'), 8);
    const [one, other] = [open(), open()];
    for (let n = 0; n < 12; n++) {
      const batch = together(
        ...Array.from({ length: 9 }, (_, m) => oneEvent(`glass:${n}-${m}`, 0, { data: `{"of":"ö","n":${n}}` })),
      );
      await (n % 3 === 0 ? other : one).append(batch);
    }
    for (let lane = 0; lane < 8; lane++) {
      const events = await open().read(lane, 0, 1000);
      events.forEach((event, n) => expect(event.hash).toBe(eventHash(events[n - 1]?.hash ?? '', event)));
      expect(events.map(({ recordedAt }) => recordedAt)).toEqual(events.map(({ recordedAt }) => recordedAt).sort());
      expect(await one.follow(lane, 0, 1000)).toEqual(events.slice(0, (await one.follow(lane, 0, 1000)).length));
    }
  });

  it('has no heads until its log is made, and finds them then', async () => {
    await pool.query('DROP SCHEMA IF EXISTS larder CASCADE');
    const store = new PostgresStore('larder', pool, schemaOf('larder'), 8);
    expect(await store.heads()).toEqual([]);
    await migrate(pool, 'larder', { log: true, lanes: 8 });
    expect(await store.heads()).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('says how often it wrote a batch a second time, because something of it was there already', async () => {
    const store = new PostgresStore('cupboard', pool, schemaOf('cupboard'), 8);
    const plate = together(oneEvent('plate:1', 0));
    await store.append(plate);
    expect(store.takeFigures()).toMatchObject({ careful: 0 });
    await store.append(plate);
    const { careful, waitedMs } = store.takeFigures();
    expect([careful, waitedMs >= 0]).toEqual([1, true]);
    expect(store.takeFigures()).toEqual({ careful: 0, waitedMs: 0 });
  });

  it('says so when it was installed with another number of lanes', async () => {
    await expect(migrate(pool, 'cupboard', { log: true, lanes: 4 })).rejects.toThrow('Set LANES=8');
  });
});
