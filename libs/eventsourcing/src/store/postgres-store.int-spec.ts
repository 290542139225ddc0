import type { Pool } from 'pg';
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
    await pool.query('DROP SCHEMA IF EXISTS kitchen CASCADE');
    await migrate(pool, 'kitchen', { log: true, lanes: 8 });
    return new PostgresStore('kitchen', pool, schemaOf('kitchen'), 8);
  });

  it('gives what it wrote from memory just as the table has it', async () => {
    const open = (): PostgresStore => new PostgresStore('kitchen', pool, schemaOf('kitchen'), 8);
    const writer = open();
    await writer.append(
      together(...Array.from({ length: 30 }, (_, n) => oneEvent(`mug:${n}`, 0, { data: `{"n":${n},"of":"ü"}` }))),
    );
    for (let lane = 0; lane < 8; lane++) {
      expect(writer.written(lane)).toBe((await open().heads())[lane]);
      expect(await writer.follow(lane, 0, 100)).toEqual(await open().read(lane, 0, 100));
    }
  });

  it('says so when it was installed with another number of lanes', async () => {
    await expect(migrate(pool, 'kitchen', { log: true, lanes: 4 })).rejects.toThrow('Set LANES=8');
  });
});
