import type { Pool, PoolClient } from 'pg';
import type { RecordedEvent } from '../vocabulary';

/** Events that a consumer could not digest, kept in order until an operator decides. */
export class Parked {
  private readonly streams = new Set<string>();

  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {}

  async load(): Promise<void> {
    const found = await this.pool.query<{ consumer: string; stream: string }>(
      `SELECT consumer, stream FROM ${this.schema}.parked`,
    );
    for (const { consumer, stream } of found.rows) this.streams.add(nameOf(consumer, stream));
  }

  /** Whether a stream waits for this consumer: its later events must wait behind the parked one. */
  holds(consumer: string, stream: string): boolean {
    return this.streams.size > 0 && this.streams.has(nameOf(consumer, stream));
  }

  async park(client: PoolClient | Pool, consumer: string, event: RecordedEvent, error: string): Promise<void> {
    await client.query(
      `INSERT INTO ${this.schema}.parked (lane, consumer, source, position, stream, error)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [event.lane, consumer, event.source, event.position, event.stream, error],
    );
    this.streams.add(nameOf(consumer, event.stream));
  }

  async count(): Promise<number> {
    const found = await this.pool.query<{ count: number }>(`SELECT count(*) AS count FROM ${this.schema}.parked`);
    return found.rows[0]?.count ?? 0;
  }
}

function nameOf(consumer: string, stream: string): string {
  return `${consumer} ${stream}`;
}
