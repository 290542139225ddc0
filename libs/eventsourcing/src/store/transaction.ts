import type { Pool, PoolClient } from 'pg';
import { isUnavailable } from './faults';

/** Does work in one transaction, after taking the lock of this name where one is given: whoever wants the same lock waits for the end. */
export async function inTransaction<T>(
  pool: Pool,
  lockName: string | undefined,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    const result = await transactionOn(client, lockName, work);
    broken = false;
    return result;
  } catch (error) {
    broken = isUnavailable(error) || !(await rolledBack(client));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The same on a connection of the caller's, who gives it up when this fails. */
export async function transactionOn<T>(
  client: PoolClient,
  lockName: string | undefined,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  await client.query(lockName === undefined ? BEGIN : beginLocked(client.escapeLiteral(lockName)));
  const result = await work(client);
  await client.query('COMMIT');
  return result;
}

/**
 * One trip for all. Whoever has committed remembers it as done and does not look again; so it must be on disk, also where single
 * statements need not be: a database that is killed and comes back under a living process would know less than that does.
 */
const BEGIN = 'BEGIN; SET LOCAL synchronous_commit = on';

function beginLocked(lock: string): string {
  return `${BEGIN}; SELECT pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
}

function rolledBack(client: PoolClient): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}
