import type { Pool } from 'pg';
import { openTestPool } from '../testing/postgres';
import { Listener } from './listener';

describe('a listener', () => {
  let pool: Pool;
  beforeEach(() => {
    pool = openTestPool();
  });
  afterEach(() => pool.end());

  const listener = (missed: () => void = () => undefined): Listener =>
    new Listener(pool, 'kitchen_listener', { heard: () => undefined, missed });

  it('gives its connection back when it is stopped', async () => {
    const one = listener();
    await one.start();
    expect(pool.totalCount).toBe(1);
    one.stop();
    expect(pool.totalCount).toBe(0);
  });

  it('gives its connection back when it is stopped while it connects, and hears nothing', async () => {
    const missed = jest.fn();
    const one = listener(missed);
    const started = one.start();
    one.stop();
    await started;
    expect(pool.totalCount).toBe(0);
    expect(missed).not.toHaveBeenCalled();
  });

  it('makes a connection again that is lost, and is told that it may have missed something', async () => {
    let again: () => void = () => undefined;
    const one = listener(() => again());
    await one.start();
    const made = new Promise<void>((resolve) => (again = resolve));
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN kitchen_listener' AND pid <> pg_backend_pid()`,
    );
    await made;
    one.stop();
  });
});
