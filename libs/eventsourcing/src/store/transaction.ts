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
    await client.query(lockName === undefined ? 'BEGIN' : beginLocked(client.escapeLiteral(lockName)));
    const result = await work(client);
    await client.query('COMMIT');
    broken = false;
    return result;
  } catch (error) {
    broken = isUnavailable(error) || !(await rolledBack(client));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** One trip for both. */
function beginLocked(lock: string): string {
  return `BEGIN; SELECT pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
}

function rolledBack(client: PoolClient): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}
