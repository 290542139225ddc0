import type { PoolClient } from 'pg';
import type { ViewColumn } from './view-table';

/** How the rows of a view that was made again differ from those that were there. */
export interface Differences {
  /** Rows that should have been there, that should not, and that say something else. */
  missing: number;
  surplus: number;
  changed: number;
  /** The keys of some of them. */
  examples: string[];
}

const MOST_EXAMPLES = 20;

/**
 * The table in which a view is made again, beside the one that people read. In the end only what differs is written over, in one
 * transaction: readers see the old rows until it commits and the new ones from then on, and wait for nothing; names, indexes
 * and grants stay as migrations have made them.
 */
export class ShadowTable {
  /** Quoted and schema-qualified. */
  readonly name: string;
  private readonly all: string;
  private readonly keys: string[];
  private readonly same: string;

  /** @param live the quoted, schema-qualified name of the view's table */
  constructor(
    private readonly live: string,
    columns: readonly ViewColumn[],
  ) {
    this.name = live.replace(/"$/, '__rebuild"');
    const names = columns.map(({ column }) => `"${column}"`);
    this.all = names.join(', ');
    this.keys = columns.filter(({ key }) => key).map(({ column }) => `"${column}"`);
    this.same = `(${names.map((name) => `s.${name}`).join(', ')}) IS NOT DISTINCT FROM (${names.map((name) => `l.${name}`).join(', ')})`;
  }

  /** Makes it empty, whatever an earlier attempt has left. Not logged: after a crash it is made again anyway. */
  async make(client: PoolClient): Promise<void> {
    await this.drop(client);
    await client.query(`CREATE UNLOGGED TABLE ${this.name} (LIKE ${this.live} INCLUDING ALL)`);
  }

  async drop(client: PoolClient): Promise<void> {
    await client.query(`DROP TABLE IF EXISTS ${this.name}`);
  }

  /** Compares, and writes over what differs, within the caller's transaction. */
  async replaceLive(client: PoolClient): Promise<Differences> {
    // These go through whole tables, unlike everything else that this session does.
    await client.query(`ANALYZE ${this.name}; SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on`);
    const differences = await this.compare(client);
    const rest = this.all.split(', ').filter((name) => !this.keys.includes(name));
    const update =
      rest.length > 0 ? `DO UPDATE SET ${rest.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}` : 'DO NOTHING';
    await client.query(`DELETE FROM ${this.live} l WHERE NOT EXISTS (SELECT 1 FROM ${this.name} s WHERE ${this.match()})`);
    await client.query(
      `INSERT INTO ${this.live} (${this.all}) SELECT ${this.all} FROM ${this.name} s
       WHERE NOT EXISTS (SELECT 1 FROM ${this.live} l WHERE ${this.match()} AND ${this.same})
       ON CONFLICT (${this.keys.join(', ')}) ${update}`,
    );
    return differences;
  }

  private async compare(client: PoolClient): Promise<Differences> {
    const key = (table: string): string => this.keys.map((name) => `${table}.${name}`).join(", '/', ");
    const found = await client.query<{ kind: 'missing' | 'surplus' | 'changed'; count: number; examples: string[] }>(
      `SELECT kind, count(*) AS count, (array_agg(key ORDER BY key))[:${MOST_EXAMPLES}] AS examples FROM (
         SELECT 'missing' AS kind, concat(${key('s')}) AS key FROM ${this.name} s
         WHERE NOT EXISTS (SELECT 1 FROM ${this.live} l WHERE ${this.match()})
         UNION ALL
         SELECT 'surplus', concat(${key('l')}) FROM ${this.live} l WHERE NOT EXISTS (SELECT 1 FROM ${this.name} s WHERE ${this.match()})
         UNION ALL
         SELECT 'changed', concat(${key('s')}) FROM ${this.name} s JOIN ${this.live} l ON ${this.match()} WHERE NOT (${this.same})
       ) d GROUP BY kind`,
    );
    const differences: Differences = { missing: 0, surplus: 0, changed: 0, examples: [] };
    for (const { kind, count, examples } of found.rows) {
      differences[kind] = count;
      differences.examples.push(...examples);
    }
    return { ...differences, examples: differences.examples.slice(0, MOST_EXAMPLES) };
  }

  private match(): string {
    return this.keys.map((name) => `s.${name} = l.${name}`).join(' AND ');
  }
}
