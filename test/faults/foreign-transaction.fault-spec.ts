import { randomUUID } from 'node:crypto';
import { openPool } from '#libs/eventsourcing/parts';
import { archiveFaults, untilArchived } from './bed/archive';
import { newDatabase, type TestDatabase } from './bed/database';
import { Instance, type Line } from './bed/instance';
import { PlainLog } from './bed/plain-log';
import { chanceOf, rounds } from './bed/seed';
import { until } from './bed/until';

const chance = chanceOf('foreign transaction');
const line = (n: number): Line => ({ commandId: randomUUID(), note: `n${chance.between(1, 30)}`, line: n });

describe('a long transaction of somebody else on the same database', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await newDatabase();
  });
  afterEach(() => database.drop());

  /** Holds a snapshot, a transaction id and what a backup locks, for as long as the work takes. */
  async function during<T>(work: () => Promise<T>): Promise<T> {
    const pool = openPool(database.url, 1);
    const foreign = await pool.connect();
    await foreign.query('SET idle_in_transaction_session_timeout = 0');
    await foreign.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await foreign.query('CREATE TABLE elsewhere AS SELECT pg_current_xact_id() AS id');
    const tables =
      "SELECT string_agg(schemaname || '.' || tablename, ', ') AS all FROM pg_tables WHERE schemaname IN ('notebook', 'archive')";
    const [found] = (await foreign.query<{ all: string | null }>(tables)).rows;
    if (found?.all) await foreign.query(`LOCK TABLE ${found.all} IN ACCESS SHARE MODE`);
    try {
      return await work();
    } finally {
      await foreign.query('ROLLBACK');
      foreign.release();
      await pool.end();
    }
  }

  it('keeps neither writers nor readers waiting', async () => {
    const instance = await Instance.open({ databaseUrl: database.url });
    await during(async () => {
      await Promise.all(Array.from({ length: rounds(500, 20_000) }, (_, n) => instance.write(line(n))));
      await untilArchived(database.url, rounds(3000, 60_000));
      expect(await archiveFaults(database.url)).toEqual([]);
    });
    await instance.stop();
  }, 120_000);

  it('[control] lets nobody see anything who waits for older transactions to end', async () => {
    const plain = await PlainLog.open(database.url);
    const seen = await during(async () => {
      await plain.write({ line: line(1), version: 1 });
      return plain.afterAllOlder();
    });
    expect(seen).toEqual([]);
    // Others are at work on the same server, and theirs count as well.
    await until(async () => (await plain.afterAllOlder()).join() === '1', 'all older transactions to end');
    await plain.close();
  });
});
