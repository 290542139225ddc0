import type { Pool, PoolClient } from 'pg';
import { consumerSchema } from './consumer-schema';
import { logSchema } from './log-schema';

/** The quoted name of a service's schema: `unified-view` lives in `"unified_view"`. */
export function schemaOf(service: string): string {
  return `"${service.replaceAll('-', '_')}"`;
}

/**
 * Makes the schema of a service and the tables of its log (where it has one) and of its consumers. Several instances
 * may start at once: an advisory lock lets one work while the others wait and then find everything there.
 */
export async function migrate(pool: Pool, service: string, options: { log: boolean; lanes: number }): Promise<void> {
  const schema = schemaOf(service);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL lock_timeout = 0');
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`migrate-${service}`]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await client.query(consumerSchema(schema));
    if (options.log) await migrateLog(client, schema, options.lanes);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Lanes are fixed at install: with another number every stream would move to another lane. */
async function migrateLog(client: PoolClient, schema: string, lanes: number): Promise<void> {
  await client.query(logSchema(schema, lanes));
  const found = await client.query<{ count: number }>(`SELECT count(*) AS count FROM ${schema}.lane`);
  const count = found.rows[0]?.count ?? 0;
  if (count !== lanes) {
    throw new Error(`The log in schema ${schema} was installed with ${count} lanes, not ${lanes}. Set LANES=${count}.`);
  }
}
