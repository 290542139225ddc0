import { openPool } from '#libs/eventsourcing/parts';
import type { Setting } from '../frame/bench';
import { closedLoop } from '../frame/loops';
import { percentile } from '../frame/statistics';

/** As many as a shop's servers have together, and more than help. */
const CONNECTIONS = 32;
const UNITS = 2_000_000_000;

const TABLES = `
  CREATE SCHEMA row_lock;
  CREATE TABLE row_lock.stock (sku text PRIMARY KEY, on_hand bigint NOT NULL, reserved bigint NOT NULL DEFAULT 0) WITH (fillfactor = 10);
  CREATE TABLE row_lock.reservation (id uuid PRIMARY KEY, sku text NOT NULL, units int NOT NULL, made_at timestamptz NOT NULL DEFAULT now());
  INSERT INTO row_lock.stock (sku, on_hand) VALUES ('hot', ${UNITS})`;

/** One statement, so that the row is locked as briefly as can be: until the commit is on disk. */
const RESERVE = `
  WITH taken AS (
    UPDATE row_lock.stock SET reserved = reserved + 1 WHERE sku = 'hot' AND on_hand - reserved >= 1 RETURNING sku)
  INSERT INTO row_lock.reservation (id, sku, units) SELECT $1, sku, 1 FROM taken`;

/** The usual design: a row for the stock, a row for each reservation, a transaction for each. No events, no order, no proof. */
export class RowLock {
  private constructor(private readonly pool: ReturnType<typeof openPool>) {}

  static async open(url: string): Promise<RowLock> {
    const pool = openPool(url, CONNECTIONS);
    await pool.query(TABLES);
    return new RowLock(pool);
  }

  async run(
    { concurrency, seconds, say }: Setting,
    name: string,
  ): Promise<{ rowLockReservationsPerSecond: number; rowLockP99Ms: number }> {
    const latencies: number[] = [];
    const { perSecond } = await closedLoop(concurrency, seconds, async () => {
      const began = performance.now();
      await this.pool.query({ name: 'row-lock-reserve', text: RESERVE, values: [crypto.randomUUID()] });
      latencies.push(performance.now() - began);
    });
    const rowLockP99Ms = percentile(latencies, 0.99);
    say(`${name}: ${Math.round(perSecond)} reservations/s, p99 ${rowLockP99Ms.toFixed(1)} ms`);
    return { rowLockReservationsPerSecond: perSecond, rowLockP99Ms };
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
