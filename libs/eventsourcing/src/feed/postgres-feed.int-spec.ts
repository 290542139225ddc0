import type { Pool } from 'pg';
import { Leases } from '../store/leases';
import { migrate, schemaOf } from '../store/migrate';
import { PostgresStore } from '../store/postgres-store';
import { oneEvent } from '../testing/event-store.contract';
import { feedContract } from '../testing/feed.contract';
import { openTestPool } from '../testing/postgres';
import { LogSignal } from './log-signal';
import { PostgresFeed } from './postgres-feed';

const schema = schemaOf('scullery');

describe('the feed that reads the log', () => {
  let pool: Pool;
  beforeAll(() => {
    pool = openTestPool();
  });
  afterAll(() => pool.end());

  const onError = (error: unknown): void => {
    throw error;
  };
  const leases = (owner: string): Leases => new Leases(pool, schema, { name: 'feed', owner, lanes: 8, ttlMs: 300 });

  beforeEach(async () => {
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await migrate(pool, 'scullery', { log: true, lanes: 8 });
  });

  feedContract(async () => {
    const store = new PostgresStore('scullery', pool, schema, 8);
    await Promise.resolve();
    const open = (position: (lane: number) => number): PostgresFeed =>
      new PostgresFeed({ store, isOwn: true, leases: leases('one'), signal: new LogSignal(), position, onError });
    return { store, open };
  });

  it('brings again what could not be taken in, though nothing comes after it', async () => {
    const store = new PostgresStore('scullery', pool, schema, 8);
    await store.append(oneEvent('cup:1', 0));
    const feed = new PostgresFeed({
      store,
      isOwn: true,
      leases: leases('one'),
      signal: new LogSignal(),
      position: () => 0,
      onError,
    });
    const brought: number[] = [];
    await new Promise<void>((taken) => {
      const fails = new Error('not now');
      void feed.start(({ messages }) => {
        brought.push(...messages.map(({ position }) => position));
        if (brought.length > 1) taken();
        return Promise.resolve({ settled: brought.length > 1 ? Promise.resolve() : Promise.reject(fails) });
      });
    });
    await feed.stop();
    expect(brought).toEqual([1, 1]);
  });

  it('leaves the lanes to whoever holds them, and takes them over when the lease runs out', async () => {
    const [one, other] = [leases('one'), leases('other')];
    await one.start();
    await other.start();
    expect([one.held().size, other.held().size]).toEqual([8, 0]);
    await one.stop();
    await other.stop();
    const third = leases('third');
    await third.start();
    expect(third.held().size).toBe(8);
    await third.stop();
  });

  it('gives an instance that was killed its lanes back at once', async () => {
    await leases('one').start();
    const again = leases('one');
    await again.start();
    expect(again.held().size).toBe(8);
    await again.stop();
  });
});
