import { openPool } from '#libs/eventsourcing/parts';
import { eventually } from '../../../local/ports';
import type { Peer } from './peer';

/** Emmett on PostgreSQL, as its documentation begins: the store by its connection string, and events appended to a stream. */
export async function openEmmett(databaseUrl: string): Promise<Peer> {
  const { getPostgreSQLEventStore } = await import('@event-driven-io/emmett-postgresql');
  const store = getPostgreSQLEventStore(databaseUrl);
  await store.schema.migrate();
  return {
    append: (stream, text) => store.appendToStream(stream, [{ type: 'NoteTaken', data: { text } }]),
    close: async () => {
      await store.close();
      await connectionsEnded(databaseUrl);
    },
  };
}

const ENDED_WITHIN_MS = 10_000;

/** Its `close` does not wait for its connections, and one that meets the end of the server brings this process down. */
async function connectionsEnded(databaseUrl: string): Promise<void> {
  const pool = openPool(databaseUrl, 1);
  const isAlone = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ count: number }>(
      'SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    return rows[0]?.count === 0;
  };
  await eventually(isAlone, { timeoutMs: ENDED_WITHIN_MS, complaint: 'Emmett keeps its connections.' });
  await pool.end();
}
