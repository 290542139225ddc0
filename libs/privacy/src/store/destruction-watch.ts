import type { Pool, PoolClient } from 'pg';
import { DESTROYED } from './key-table';

const RETRY_MS = 1000;

interface Hearer {
  destroyed(id: string): void;
  /** Something may have been missed. */
  missed(): void;
}

/** Hears of keys that were destroyed, here or by another instance. A connection that is lost is made again. */
export class DestructionWatch {
  private client: PoolClient | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly pool: Pool,
    private readonly hearer: Hearer,
  ) {}

  async start(): Promise<void> {
    const client = await this.pool.connect();
    this.client = client;
    client.on('notification', ({ payload }) => this.hearer.destroyed(payload ?? ''));
    client.once('error', () => this.lost(client));
    client.once('end', () => this.lost(client));
    await client.query(`LISTEN ${DESTROYED}`);
    this.hearer.missed();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    const client = this.client;
    if (client) this.lost(client);
  }

  private lost(client: PoolClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.release(true);
    if (!this.stopped) this.again();
  }

  private again(): void {
    this.timer = setTimeout(() => void this.start().catch(() => (this.client ? this.lost(this.client) : this.again())), RETRY_MS);
    this.timer.unref();
  }
}
