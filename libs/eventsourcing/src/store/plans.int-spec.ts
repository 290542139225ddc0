import type { Pool, PoolClient } from 'pg';
import { openTestPool } from '../testing/postgres';
import { ViewTable } from './view-table';

interface Spoon {
  drawer: string;
  name: string;
  units: number;
}

const MANY = 2000;
const spoons = Array.from({ length: MANY }, (_, n): Spoon => ({ drawer: `${n % 7}`, name: `spoon-${n}`, units: n }));
const few = spoons.slice(0, 3);

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
    await client.query('BEGIN');
    await statement();
    const sql = `SELECT idx_tup_fetch + seq_tup_read AS n FROM pg_stat_xact_user_tables WHERE relid = $1::regclass`;
    const found = await client.query<{ n: number }>(sql, [view.table]);
    await client.query('ROLLBACK');
    return found.rows[0]?.n ?? 0;
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
