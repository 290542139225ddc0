import type { Pool } from 'pg';
import type { StoredEvent } from '../envelope';
import { laneOf } from '../lane';
import { Appender, type AppendFigures } from './appender';
import type { Batch, ChainResult, EventStore, KnownCommand, Snapshot } from './event-store';
import { Tail } from './tail';

/** The columns of an event, in the order in which every statement here asks for them. */
const COLUMNS = [
  ...['e.lane', 'e.position', 'e.stream', 'e.version', 'e.type', 'e.schema_version', 'e.command_id', 'e.actor'],
  ...['e.happened_at', 'e.recorded_at', "encode(e.hash, 'hex')", 'e.data::text'],
].join(', ');
/** Rows come as lists: for an object each, the driver looks up every property by its name, which takes a third of reading a log. */
type EventRow = [number, number, string, number, string, number, string, string, string, string, string, string];

/** The lane log in PostgreSQL: one schema per service, one function call per batch. */
export class PostgresStore implements EventStore {
  private readonly appender: Appender;
  private readonly tail: Tail;
  /** Whether the log has been seen to be there. */
  private known = false;

  /** @param schema the quoted schema name, as in the scripts of `log-schema.ts` */
  constructor(
    readonly source: string,
    private readonly pool: Pool,
    private readonly schema: string,
    readonly lanes: number,
  ) {
    this.tail = new Tail(lanes);
    this.appender = new Appender({ source, pool, schema, lanes, onWritten: (events) => this.tail.push(events) });
  }

  /** What there is to say of the appends since this was asked before. */
  takeFigures(): AppendFigures {
    const { figures } = this.appender;
    this.appender.figures = { waitedMs: 0, careful: 0 };
    return figures;
  }

  append(batch: Batch): Promise<ChainResult[]> {
    return this.appender.append(batch);
  }

  async load(streams: readonly { stream: string; after: number }[], limit?: number): Promise<StoredEvent[]> {
    if (streams.length === 0) return [];
    const result = await this.pool.query<EventRow>({
      rowMode: 'array',
      name: `${this.schema}-load`,
      text: `SELECT ${COLUMNS} FROM unnest($1::smallint[], $2::text[], $3::int[]) WITH ORDINALITY AS w(lane, stream, after, n),
             LATERAL (SELECT * FROM ${this.schema}.event x WHERE x.lane = w.lane AND x.stream = w.stream AND x.version > w.after
                      ORDER BY x.version) e
             ORDER BY w.n, e.version LIMIT $4`,
      values: [...this.columnsOf(streams), streams.map(({ after }) => after), limit ?? null],
    });
    return result.rows.map((row) => this.stored(row));
  }

  async newest(streams: readonly { stream: string; before: number }[], limit: number): Promise<StoredEvent[]> {
    if (streams.length === 0) return [];
    // Each stream from the end of its index on: what is older than the limit is not touched, however long the stream is.
    const result = await this.pool.query<EventRow>({
      rowMode: 'array',
      name: `${this.schema}-newest`,
      text: `SELECT ${COLUMNS} FROM unnest($1::smallint[], $2::text[], $3::int[]) WITH ORDINALITY AS w(lane, stream, before, n),
             LATERAL (SELECT * FROM ${this.schema}.event x WHERE x.lane = w.lane AND x.stream = w.stream AND x.version < w.before
                      ORDER BY x.version DESC LIMIT $4) e
             ORDER BY w.n, e.version DESC`,
      values: [...this.columnsOf(streams), streams.map(({ before }) => before), limit],
    });
    return result.rows.map((row) => this.stored(row));
  }

  async snapshots(wanted: readonly { stream: string; stateVersion: number }[]): Promise<Snapshot[]> {
    if (wanted.length === 0) return [];
    const result = await this.pool.query<Snapshot>({
      name: `${this.schema}-snapshots`,
      text: `SELECT s.stream, s.state_version AS "stateVersion", s.version, s.state::text AS state
             FROM unnest($1::smallint[], $2::text[], $3::int[]) AS w(lane, stream, state_version),
             LATERAL (SELECT * FROM ${this.schema}.snapshot x
                      WHERE x.lane = w.lane AND x.stream = w.stream AND x.state_version = w.state_version LIMIT 1) s`,
      values: [...this.columnsOf(wanted), wanted.map(({ stateVersion }) => stateVersion)],
    });
    return result.rows;
  }

  async keep(snapshots: readonly Snapshot[]): Promise<void> {
    const columns = [snapshots.map((s) => s.stateVersion), snapshots.map((s) => s.version), snapshots.map((s) => s.state)];
    await this.pool.query({
      name: `${this.schema}-keep`,
      text: `INSERT INTO ${this.schema}.snapshot AS s (lane, stream, state_version, version, state)
             SELECT * FROM unnest($1::smallint[], $2::text[], $3::int[], $4::int[], $5::json[])
             ON CONFLICT (lane, stream, state_version) DO UPDATE SET version = EXCLUDED.version, state = EXCLUDED.state
             WHERE s.version < EXCLUDED.version`,
      values: [...this.columnsOf(snapshots), ...columns],
    });
  }

  async commands(ids: readonly string[]): Promise<Map<string, KnownCommand>> {
    if (ids.length === 0) return new Map();
    const result = await this.pool.query<KnownCommand & { id: string }>({
      name: `${this.schema}-commands`,
      text: `SELECT k.command_id AS id, k.stream, k.fingerprint, k.positions
             FROM unnest($1::smallint[], $2::uuid[]) AS w(lane, id),
             LATERAL (SELECT * FROM ${this.schema}.command x WHERE x.lane = w.lane AND x.command_id = w.id LIMIT 1) k`,
      values: [ids.map((id) => laneOf(id, this.lanes)), ids],
    });
    return new Map(result.rows.map(({ id, ...known }) => [id, known]));
  }

  async follow(lane: number, after: number, limit: number): Promise<StoredEvent[]> {
    return this.tail.read(lane, after, limit) ?? (await this.read(lane, after, limit));
  }

  async read(lane: number, after: number, limit: number): Promise<StoredEvent[]> {
    const result = await this.pool.query<EventRow>({
      rowMode: 'array',
      name: `${this.schema}-read`,
      text: `SELECT ${COLUMNS} FROM ${this.schema}.event e
             WHERE e.lane = $1 AND e.position > $2 ORDER BY e.position LIMIT $3`,
      values: [lane, after, limit],
    });
    return result.rows.map((row) => this.stored(row));
  }

  async heads(): Promise<number[]> {
    if (!(await this.isMade())) return [];
    const result = await this.pool.query<{ last_position: number }>({
      name: `${this.schema}-heads`,
      text: `SELECT last_position FROM ${this.schema}.lane ORDER BY lane`,
    });
    return result.rows.map((row) => row.last_position);
  }

  written(lane: number): number {
    return this.tail.last(lane);
  }

  /** Asked first, because the driver gives up a connection for every statement that fails, with all that it has prepared. */
  private async isMade(): Promise<boolean> {
    if (this.known) return true;
    const result = await this.pool.query<{ made: boolean }>('SELECT to_regclass($1) IS NOT NULL AS made', [
      `${this.schema}.lane`,
    ]);
    return (this.known = result.rows[0]?.made === true);
  }

  private columnsOf(streams: readonly { stream: string }[]): [lanes: number[], streams: string[]] {
    return [streams.map(({ stream }) => laneOf(stream, this.lanes)), streams.map(({ stream }) => stream)];
  }

  private stored(row: EventRow): StoredEvent {
    const [lane, position, stream, version, type, schemaVersion, commandId, by, happenedAt, recordedAt, hash, data] = row;
    const { source } = this;
    return { source, lane, position, stream, version, type, schemaVersion, commandId, by, happenedAt, recordedAt, hash, data };
  }
}
