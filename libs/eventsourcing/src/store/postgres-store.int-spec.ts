import type { Pool } from 'pg';
import { eventStoreContract } from '../testing/event-store.contract';
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

  it('says so when it was installed with another number of lanes', async () => {
    await expect(migrate(pool, 'kitchen', { log: true, lanes: 4 })).rejects.toThrow('Set LANES=8');
  });
});
