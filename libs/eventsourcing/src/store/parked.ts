import type { Pool, PoolClient } from 'pg';
import type { RecordedEvent } from '../vocabulary';
import { inTransaction } from './transaction';

/** A stream that waits for one consumer: its first event, which could not be taken in, and how many wait behind it. */
export interface ParkedStream {
  consumer: string;
  source: string;
  lane: number;
  stream: string;
  position: number;
  type: string;
  error: string;
  /** How often the first event was given to the consumer in vain. */
  attempts: number;
  /** Since when the first event is parked; UTC, ISO 8601. */
  since: string;
  behind: number;
}

/** What `release` and `failedAgain` need to know an event by. */
export type ParkedEvent = Pick<ParkedStream, 'consumer' | 'source' | 'lane' | 'stream' | 'position'>;

/** Which parked streams are meant; everything that is not said is any. */
export interface ParkedFilter {
  consumer?: string;
  source?: string;
  stream?: string;
}

type Place = Pick<RecordedEvent, 'source' | 'stream'>;

const MOST_LISTED = 1000;
const COLUMNS = 'p.consumer, p.source, p.lane, p.stream, p.position, p.type, p.error, p.attempts, p.parked_at AS since';

/**
 * Events that a consumer could not digest, and those of their streams that came later: per consumer and stream in order, until an
 * operator decides. The first event of a stream has an error, the others have none and only wait. What is held here in memory are hints: the
 * database decides.
 */
export class Parked {
  private readonly streams = new Set<string>();

  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {}

  /** Learns which streams wait, whoever parked them. That one waits no more is learnt when the next event is to be parked behind. */
  async load(): Promise<void> {
    for (const stream of await this.held(this.pool)) this.streams.add(stream);
  }

  /** The streams that wait, as this transaction sees them; ask with `nameOf`. */
  async held(client: PoolClient | Pool): Promise<Set<string>> {
    const found = await client.query<{ consumer: string; source: string; stream: string }>({
      name: `${this.schema}-held`,
      text: `SELECT consumer, source, stream FROM ${this.schema}.parked WHERE error IS NOT NULL`,
    });
    return new Set(found.rows.map(({ consumer, ...place }) => nameOf(consumer, place)));
  }

  /** Whether a stream seems to wait for this consumer: its later events must wait behind the parked one. */
  seemsHeld(consumer: string, place: Place): boolean {
    return this.streams.size > 0 && this.streams.has(nameOf(consumer, place));
  }

  /** Parks an event that could not be taken in or, without an error, one that waits behind it. */
  async park(client: PoolClient, consumer: string, event: RecordedEvent, error: string | null): Promise<void> {
    const { lane, source, position, stream, type } = event;
    await client.query(
      `INSERT INTO ${this.schema}.parked (lane, consumer, source, position, stream, type, error, attempts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [lane, consumer, source, position, stream, type, error, error === null ? 0 : 1],
    );
  }

  /** Parks the first event of a stream, in a transaction of its own. */
  async parkFirst(consumer: string, event: RecordedEvent, error: string): Promise<void> {
    await this.alone(consumer, event, (client) => this.park(client, consumer, event, error));
    this.streams.add(nameOf(consumer, event));
  }

  /** Parks an event behind the others of its stream; false when there are none any more, so that it has to be taken in. */
  async parkBehind(consumer: string, event: RecordedEvent): Promise<boolean> {
    const waits = await this.alone(consumer, event, async (client) => {
      const found = await client.query(
        `SELECT 1 FROM ${this.schema}.parked WHERE lane = $1 AND consumer = $2 AND source = $3 AND stream = $4 LIMIT 1`,
        [event.lane, consumer, event.source, event.stream],
      );
      if (found.rowCount === 0) return false;
      await this.park(client, consumer, event, null);
      return true;
    });
    if (!waits) this.streams.delete(nameOf(consumer, event));
    return waits;
  }

  /** Does work while nobody else parks or releases events of this stream for this consumer. */
  alone<T>(consumer: string, place: Place, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, `parked ${this.schema} ${nameOf(consumer, place)}`, work);
  }

  /** The parked streams, the longest parked first. */
  async list({ consumer, source, stream }: ParkedFilter = {}, limit = MOST_LISTED): Promise<ParkedStream[]> {
    const found = await this.pool.query<ParkedStream>(
      `SELECT ${COLUMNS}, (SELECT count(*) FROM ${this.schema}.parked b
                          WHERE b.lane = p.lane AND b.consumer = p.consumer AND b.source = p.source AND b.stream = p.stream
                            AND b.position > p.position) AS behind
       FROM ${this.schema}.parked p
       WHERE p.error IS NOT NULL AND p.consumer = coalesce($1, p.consumer) AND p.source = coalesce($2, p.source)
         AND p.stream = coalesce($3, p.stream)
       ORDER BY p.parked_at, p.lane, p.position, p.consumer LIMIT $4`,
      [consumer ?? null, source ?? null, stream ?? null, limit],
    );
    return found.rows;
  }

  /** The first event of the stream in which this one is parked; undefined when this one is not. */
  async first(
    consumer: string,
    { source, lane, position }: Omit<ParkedEvent, 'consumer' | 'stream'>,
  ): Promise<ParkedStream | undefined> {
    const found = await this.pool.query<{ stream: string }>(
      `SELECT stream FROM ${this.schema}.parked WHERE lane = $1 AND consumer = $2 AND source = $3 AND position = $4`,
      [lane, consumer, source, position],
    );
    const [known] = found.rows;
    return known && (await this.list({ consumer, source, stream: known.stream }, 1))[0];
  }

  /**
   * Takes the first event of a stream out, within the caller's transaction, and makes the next the first. False when it is not there any
   * more: somebody else was faster.
   * @param error what the next one shows while it waits to be tried
   */
  async release(client: PoolClient, event: ParkedEvent, error: string): Promise<boolean> {
    const { lane, consumer, source, stream, position } = event;
    const gone = await client.query(
      `DELETE FROM ${this.schema}.parked WHERE lane = $1 AND consumer = $2 AND source = $3 AND position = $4 AND error IS NOT NULL`,
      [lane, consumer, source, position],
    );
    if (gone.rowCount === 0) return false;
    await client.query(
      `UPDATE ${this.schema}.parked SET error = $5 WHERE lane = $1 AND consumer = $2 AND source = $3 AND error IS NULL AND position =
         (SELECT min(position) FROM ${this.schema}.parked WHERE lane = $1 AND consumer = $2 AND source = $3 AND stream = $4)`,
      [lane, consumer, source, stream, error],
    );
    return true;
  }

  async failedAgain({ lane, consumer, source, position }: ParkedEvent, error: string): Promise<void> {
    await this.pool.query(
      `UPDATE ${this.schema}.parked SET error = $5, attempts = attempts + 1
       WHERE lane = $1 AND consumer = $2 AND source = $3 AND position = $4`,
      [lane, consumer, source, position, error],
    );
  }

  /** Parks exactly these events for a consumer that has seen all others, within the caller's transaction. */
  async replace(
    client: PoolClient,
    consumer: string,
    poison: readonly { event: RecordedEvent; error: string | null }[],
  ): Promise<void> {
    await client.query(`DELETE FROM ${this.schema}.parked WHERE consumer = $1`, [consumer]);
    for (const { event, error } of poison) await this.park(client, consumer, event, error);
  }

  /** How many events are parked, by consumer. */
  async counts(): Promise<Map<string, number>> {
    const found = await this.pool.query<{ consumer: string; count: number }>(
      `SELECT consumer, count(*) AS count FROM ${this.schema}.parked GROUP BY consumer`,
    );
    return new Map(found.rows.map(({ consumer, count }) => [consumer, count]));
  }
}

/** Names a stream of a source as one consumer sees it. */
export function nameOf(consumer: string, { source, stream }: Place): string {
  return `${consumer} ${source} ${stream}`;
}
