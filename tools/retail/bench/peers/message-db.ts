import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openPool } from '#libs/eventsourcing/parts';
import type { Peer } from './peer';

/** The files of its own installation, in its order; without the views and privileges, which writing does not touch. */
const FILES = [
  'roles/message-store',
  'schema/message-store',
  'extensions/pgcrypto',
  'tables/messages',
  'types/message',
  ...['message-store-version', 'hash-64', 'acquire-lock', 'category', 'is-category', 'id', 'cardinal-id'].map(
    (name) => `functions/${name}`,
  ),
  ...['stream-version', 'write-message'].map((name) => `functions/${name}`),
  ...['messages-id', 'messages-stream', 'messages-category'].map((name) => `indexes/${name}`),
];

/** As many as a pool of the driver has unless it is told otherwise. */
const CONNECTIONS = 10;

/** Message DB: its functions in a database of their own, called as its documentation says. */
export async function openMessageDb(databaseUrl: string): Promise<Peer> {
  const folder = join(dirname(require.resolve('@eventide/message-db/package.json')), 'database');
  const pool = openPool(databaseUrl, CONNECTIONS, { options: '-c search_path=message_store,public' });
  for (const file of FILES) await pool.query(await readFile(join(folder, `${file}.sql`), 'utf8'));
  const text = 'SELECT write_message($1::varchar, $2::varchar, $3::varchar, $4::jsonb)';
  return {
    append: (stream, note) =>
      pool.query({ text, values: [crypto.randomUUID(), stream, 'NoteTaken', JSON.stringify({ text: note })] }),
    close: () => pool.end(),
  };
}
