import type { Pool } from 'pg';
import type { StoredEvent } from '../envelope';
import { laneOf } from '../lane';
import type { Batch, ChainResult, ChainStatus, EventStore, KnownCommand } from './event-store';

const STATUS: readonly ChainStatus[] = ['written', 'conflict', 'duplicate', 'sibling'];
const SEPARATOR = '\u001e';

type EventRow = Omit<StoredEvent, 'source'>;

/** The lane log in PostgreSQL: one schema per service, one function call per batch. */
export class PostgresStore implements EventStore {
  private readonly appendSql: string;
  private readonly columns: string;

  /** @param schema the quoted schema name, as in the scripts of `log-schema.ts` */
  constructor(
    readonly source: string,
    private readonly pool: Pool,
    private readonly schema: string,
    readonly lanes: number,
  ) {
    this.appendSql = `SELECT status, base FROM ${schema}.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`;
    this.columns =
      'e.lane, e.position, e.stream, e.version, e.type, e.schema_version AS "schemaVersion", e.command_id AS "commandId", ' +
      `e.actor AS "by", e.happened_at AS "happenedAt", e.recorded_at AS "recordedAt", encode(e.hash, 'hex') AS hash, e.data::text AS data`;
  }

  async append(batch: Batch): Promise<ChainResult[]> {
    const chainLanes = batch.chains.map((chain) => laneOf(chain.stream, this.lanes));
    const commandLanes = batch.commands.map((command) => laneOf(command.id, this.lanes));
    const result = await this.pool.query<{ status: number; base: number }>({
      name: `${this.schema}-append`,
      text: this.appendSql,
      values: [[...new Set([...chainLanes, ...commandLanes])], ...columnsOf(batch, chainLanes, commandLanes)],
    });
    return result.rows.map(({ status, base }) => ({ status: STATUS[status] ?? 'conflict', base }));
  }

  async load(streams: readonly { stream: string; after: number }[]): Promise<StoredEvent[]> {
    if (streams.length === 0) return [];
    const result = await this.pool.query<EventRow>({
      name: `${this.schema}-load`,
      text: `SELECT ${this.columns} FROM unnest($1::smallint[], $2::text[], $3::int[]) AS w(lane, stream, after)
             JOIN ${this.schema}.event e ON e.lane = w.lane AND e.stream = w.stream AND e.version > w.after
             ORDER BY e.stream, e.version`,
      values: [
        streams.map(({ stream }) => laneOf(stream, this.lanes)),
        streams.map((s) => s.stream),
        streams.map((s) => s.after),
      ],
    });
    return result.rows.map((row) => this.stored(row));
  }

  async commands(ids: readonly string[]): Promise<Map<string, KnownCommand>> {
    if (ids.length === 0) return new Map();
    const result = await this.pool.query<KnownCommand & { id: string }>({
      name: `${this.schema}-commands`,
      text: `SELECT k.command_id AS id, k.stream, k.fingerprint, k.positions
             FROM unnest($1::smallint[], $2::uuid[]) AS w(lane, id)
             JOIN ${this.schema}.command k ON k.lane = w.lane AND k.command_id = w.id`,
      values: [ids.map((id) => laneOf(id, this.lanes)), ids],
    });
    return new Map(result.rows.map(({ id, ...known }) => [id, known]));
  }

  async read(lane: number, after: number, limit: number): Promise<StoredEvent[]> {
    const result = await this.pool.query<EventRow>({
      name: `${this.schema}-read`,
      text: `SELECT ${this.columns} FROM ${this.schema}.event e
             WHERE e.lane = $1 AND e.position > $2 ORDER BY e.position LIMIT $3`,
      values: [lane, after, limit],
    });
    return result.rows.map((row) => this.stored(row));
  }

  async heads(): Promise<number[]> {
    const result = await this.pool.query<{ last_position: number }>({
      name: `${this.schema}-heads`,
      text: `SELECT last_position FROM ${this.schema}.lane ORDER BY lane`,
    });
    return result.rows.map((row) => row.last_position);
  }

  private stored(row: EventRow): StoredEvent {
    return { source: this.source, ...row };
  }
}

/** The batch as the columns that `append` takes, 1-based where SQL counts. */
function columnsOf({ commands, chains, events }: Batch, chainLanes: number[], commandLanes: number[]): unknown[] {
  return [
    commandLanes,
    commands.map((command) => command.id),
    commands.map((command) => command.stream),
    commands.map((command) => command.fingerprint ?? null),
    commands.map((command) => command.group),
    chainLanes,
    chains.map((chain) => chain.stream),
    chains.map((chain) => chain.expected),
    chains.map((chain) => chain.group),
    events.map((event) => event.chain + 1),
    events.map((event) => event.command + 1),
    events.map((event) => event.type),
    events.map((event) => event.schemaVersion),
    events.map((event) => event.by),
    events.map((event) => event.happenedAt),
    events.map((event) => event.data).join(SEPARATOR),
  ];
}
