import type { Pool, PoolClient } from 'pg';

const RETRY_MS = 1000;

export interface Hearer {
  heard(payload: string): void;
  /** The connection is new: something may have been missed. */
  missed(): void;
}

/** Hears what is notified on a channel of the database, by whichever process. A connection that is lost is made again. */
export class Listener {
  private client: PoolClient | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  /** @param channel a plain identifier */
  constructor(
    private readonly pool: Pool,
    private readonly channel: string,
    private readonly hearer: Hearer,
  ) {}

  /** Takes a connection of the pool for itself. */
  async start(): Promise<void> {
    const client = await this.pool.connect();
    // Stopped while it was connecting: nobody else would give the connection back, and the pool would wait for it for ever.
    if (this.stopped) return client.release(true);
    this.client = client;
    client.on('notification', ({ payload }) => this.hearer.heard(payload ?? ''));
    client.once('error', () => this.lost(client));
    client.once('end', () => this.lost(client));
    try {
      await client.query(`LISTEN ${this.channel}`);
    } catch (error) {
      this.lost(client);
      throw error;
    }
    this.hearer.missed();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    const client = this.client;
    if (client) this.lost(client);
  }

  /** Whoever notices first: a connection that breaks says so itself, and by what was asked of it. */
  private lost(client: PoolClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.release(true);
    this.again();
  }

  /** One try at a time, or the one would forget the connection of the other. */
  private again(): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.start().catch(() => this.again()), RETRY_MS);
    this.timer.unref();
  }
}
