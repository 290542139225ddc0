import { ask, type TestDatabase } from './database';

/**
 * Puts a clock of our own before that of PostgreSQL: whoever connects from now on and asks `now()` is told what `set` says. It stands
 * for a server whose clock jumps.
 */
export async function takeClock({ url, name }: TestDatabase): Promise<{ set(ahead: string): Promise<void> }> {
  await ask(
    url,
    `CREATE SCHEMA warp;
     CREATE TABLE warp.shift (ahead interval NOT NULL);
     INSERT INTO warp.shift VALUES ('0');
     CREATE FUNCTION warp.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT pg_catalog.now() + ahead FROM warp.shift';
     CREATE FUNCTION warp.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
       AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM warp.shift';
     ALTER DATABASE ${name} SET search_path = warp, pg_catalog, public`,
  );
  return { set: (ahead) => ask(url, `UPDATE warp.shift SET ahead = '${ahead}'`).then(() => undefined) };
}
