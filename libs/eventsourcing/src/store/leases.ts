import type { Pool } from 'pg';

/** Who works on which lanes, on the database's clock. A lease that is not renewed in time is anybody's. */
export class Leases {
  private lanesHeld: ReadonlySet<number> = new Set();
  private trustedUntil = 0;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param name what the lanes are leased for
   * @param owner the same after a restart, so that an instance that was killed gets its lanes back at once
   */
  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
    private readonly lease: { name: string; owner: string; lanes: number; ttlMs: number },
  ) {}

  /** The lanes that are ours now; none when the last renewal is too long ago. */
  held(): ReadonlySet<number> {
    return performance.now() < this.trustedUntil ? this.lanesHeld : new Set();
  }

  /** Whether some lanes are somebody else's. */
  isShared(): boolean {
    return this.held().size < this.lease.lanes;
  }

  async start(): Promise<void> {
    await this.renew();
    this.timer = setInterval(() => void this.renew().catch(() => undefined), this.lease.ttlMs / 3);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.trustedUntil = 0;
    const { name, owner } = this.lease;
    await this.pool.query(`DELETE FROM ${this.schema}.lease WHERE name = $1 AND owner = $2`, [name, owner]);
  }

  /**
   * When the database cannot be asked, the lease runs out by itself: `trustedUntil` is not moved. A lease that runs longer than any
   * can is from before the database's clock was set back, and anybody's as well.
   */
  private async renew(): Promise<void> {
    const asked = performance.now();
    const { name, owner, lanes, ttlMs } = this.lease;
    const result = await this.pool.query<{ lane: number }>(
      `INSERT INTO ${this.schema}.lease AS l (lane, name, owner, until)
       SELECT lane, $1, $2, now() + $3 * interval '1 millisecond' FROM generate_series(0, $4::int - 1) AS lane
       ON CONFLICT (lane, name) DO UPDATE SET owner = EXCLUDED.owner, until = EXCLUDED.until
       WHERE l.owner = EXCLUDED.owner OR l.until < now() OR l.until > now() + 2 * $3 * interval '1 millisecond'
       RETURNING lane`,
      [name, owner, ttlMs, lanes],
    );
    this.lanesHeld = new Set(result.rows.map((row) => row.lane));
    // Counted from before the question, so that our clock runs out before the database's.
    this.trustedUntil = asked + ttlMs;
  }
}
