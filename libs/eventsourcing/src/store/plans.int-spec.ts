import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { oneEvent, together } from '../testing/event-store.contract';
import { openTestPool } from '../testing/postgres';
import { migrate, schemaOf } from './migrate';
import { PostgresStore } from './postgres-store';
import { ViewTable } from './view-table';

interface Spoon {
  drawer: string;
  name: string;
  units: number;
}

const MANY = 2000;
const LANES = 8;
const spoons = Array.from({ length: MANY }, (_, n): Spoon => ({ drawer: `${n % 7}`, name: `spoon-${n}`, units: n }));
const few = spoons.slice(0, 3);

/** How many rows of a table a statement of this connection reads, as the server counts them. */
async function rowsRead(on: Pool | PoolClient, table: string, statement: () => Promise<unknown>): Promise<number> {
  const sql = `SELECT idx_tup_fetch + seq_tup_read AS n FROM pg_stat_xact_user_tables WHERE relid = $1::regclass`;
  const soFar = async (): Promise<number> => (await on.query<{ n: number }>(sql, [table])).rows[0]?.n ?? 0;
  await on.query('BEGIN');
  const before = await soFar();
  await statement();
  const after = await soFar();
  await on.query('ROLLBACK');
  return after - before;
}

describe('a statement by a list of keys, planned while its table was believed empty', () => {
  let pool: Pool;
  let client: PoolClient;

  beforeAll(async () => {
    pool = openTestPool(1);
    await pool.query('DROP SCHEMA IF EXISTS sideboard CASCADE; CREATE SCHEMA sideboard');
  });
  beforeEach(async () => {
    client = await pool.connect();
  });
  afterEach(() => client.release());
  afterAll(() => pool.end());

  /** A table that was never vacuumed is believed to have some pages, and is planned for well. */
  async function emptyTable(name: string): Promise<ViewTable<Spoon>> {
    const table = `sideboard.${name}`;
    await client.query(`CREATE TABLE ${table} (drawer text, name text, units bigint, PRIMARY KEY (drawer, name))`);
    await client.query(`VACUUM ${table}`);
    return new ViewTable<Spoon>(table, [
      { property: 'drawer', column: 'drawer', type: 'text', key: true },
      { property: 'name', column: 'name', type: 'text', key: true },
      { property: 'units', column: 'units', type: 'bigint', key: false },
    ]);
  }

  /** Plans a statement, fills the table, and gives how many of its rows the statement then touches, as the server counts them. */
  async function touched(view: ViewTable<Spoon>, statement: () => Promise<unknown>): Promise<number> {
    await statement();
    await view.upsert(client, spoons);
    return rowsRead(client, view.table, statement);
  }

  it('reads the rows of a view that were asked for, and no others', async () => {
    const view = await emptyTable('spoon');
    expect(await touched(view, () => view.load(client, few))).toBe(few.length);
  });

  it('would read the whole table if it were a plain join', async () => {
    const view = await emptyTable('ladle');
    const keys = [few.map(({ drawer }) => drawer), few.map(({ name }) => name)];
    const text = `SELECT t.* FROM unnest($1::text[], $2::text[]) AS k(drawer, name) JOIN ${view.table} t USING (drawer, name)`;
    const join = (): Promise<unknown> => client.query({ name: 'join', text, values: keys });
    expect(await touched(view, join)).toBeGreaterThanOrEqual(MANY);
  });
});

describe('a question to the log, planned while the log was believed empty', () => {
  // One connection, which keeps its plans and sees what it reads itself.
  let pool: Pool;
  let store: PostgresStore;
  const streams = Array.from({ length: MANY }, (_, n) => `fork:${n}`);
  const ids = streams.map(() => randomUUID());
  const asked = streams.slice(0, 3);
  const snapshots = streams.map((stream) => ({ stream, stateVersion: 1, version: 1, state: '{}' }));

  const questions = {
    event: () => store.load(asked.map((stream) => ({ stream, after: 0 }))),
    snapshot: () => store.snapshots(asked.map((stream) => ({ stream, stateVersion: 1 }))),
    command: () => store.commands(ids.slice(0, 3)),
  };

  beforeAll(async () => {
    pool = openTestPool(1);
    await pool.query('DROP SCHEMA IF EXISTS canteen CASCADE');
    await migrate(pool, 'canteen', { log: true, lanes: LANES });
    store = new PostgresStore('canteen', pool, schemaOf('canteen'), LANES);
    for (const [table, ask] of Object.entries(questions)) {
      await pool.query(`VACUUM canteen.${table}`);
      await ask();
    }
    const events = streams.map((stream, n) => oneEvent(stream, 0, ids[n] ? { id: ids[n] } : {}));
    await store.append(together(...events));
    await store.keep(snapshots);
  });
  afterAll(() => pool.end());

  it.each(['event', 'snapshot', 'command'] as const)('reads no %s but those that were asked for', async (table) => {
    expect(await rowsRead(pool, `canteen.${table}`, questions[table])).toBe(asked.length);
  });

  // That plans are kept is shown above; other suites may make the server forget them at any moment.
  it('is counted in full when it walks through the whole log', async () => {
    const walk = (): Promise<unknown> => pool.query('SELECT max(data::text) FROM canteen.event');
    expect(await rowsRead(pool, 'canteen.event', walk)).toBeGreaterThanOrEqual(MANY);
  });
});
