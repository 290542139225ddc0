import type { Pool, PoolClient } from 'pg';
import { eventHash } from '#libs/eventsourcing';
import { openPool } from '#libs/eventsourcing/parts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Log } from './audit';
import type { Line } from './instance';

/** A line about to be written, with the version that was found to be next. */
export interface Planned {
  line: Line;
  version: number;
  /** When, as the writer's clock says. */
  at?: string;
}

interface Row {
  position: number;
  stream: string;
  version: number;
  command_id: string;
  line: number;
  at: string;
}

const NOW = '2026-01-02T03:04:05.678Z';

/**
 * The control: a log as one writes it at first. Positions come from a sequence, the next version is looked up before it is written,
 * and nobody remembers commands. Whatever a check promises to find, it has to find here.
 */
export class PlainLog {
  private constructor(private readonly pool: Pool) {}

  /** @param hasty whether it acknowledges what is not on disk yet */
  static async open(databaseUrl: string, { hasty = false } = {}): Promise<PlainLog> {
    const pool = openPool(databaseUrl, 20, { ...(hasty && { options: '-c synchronous_commit=off' }), application_name: 'plain' });
    await pool.query(`
      SET LOCAL synchronous_commit = on;
      DROP SCHEMA IF EXISTS plain CASCADE;
      CREATE SCHEMA plain;
      CREATE TABLE plain.event (position bigserial PRIMARY KEY, stream text NOT NULL, version int NOT NULL,
                                command_id uuid NOT NULL, line int NOT NULL, at text DEFAULT '${NOW}',
                                xid xid8 NOT NULL DEFAULT pg_current_xact_id())`);
    return new PlainLog(pool);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  /** Looks which version is next. */
  async plan(line: Line): Promise<Planned> {
    const sql = 'SELECT coalesce(max(version), 0) + 1 AS next FROM plain.event WHERE stream = $1';
    const found = await this.pool.query<{ next: number }>(sql, [`note:${line.note}`]);
    return { line, version: found.rows[0]?.next ?? 1 };
  }

  async write({ line, version, at = NOW }: Planned, by: Pool | PoolClient = this.pool): Promise<void> {
    const values = [`note:${line.note}`, version, line.commandId, line.line, at];
    await by.query('INSERT INTO plain.event (stream, version, command_id, line, at) VALUES ($1, $2, $3, $4, $5)', values);
  }

  /** Writes within a transaction that the caller ends. */
  async begin(planned: Planned): Promise<{ end(how: 'COMMIT' | 'ROLLBACK'): Promise<void> }> {
    const client = await this.pool.connect();
    await client.query('BEGIN');
    await this.write(planned, client);
    return { end: (how) => client.query(how).then(() => client.release()) };
  }

  /** Writes all lines by one statement. */
  async writeAll(lines: readonly Line[]): Promise<void> {
    const sql = `INSERT INTO plain.event (stream, version, command_id, line)
                 SELECT stream, 1, id, line FROM unnest($1::text[], $2::uuid[], $3::int[]) AS l(stream, id, line)`;
    const streams = lines.map(({ note }) => `note:${note}`);
    await this.pool.query(sql, [streams, lines.map(({ commandId }) => commandId), lines.map(({ line }) => line)]);
  }

  /** What a reader gets who has seen everything up to a position. */
  async after(position: number): Promise<number[]> {
    const sql = 'SELECT position FROM plain.event WHERE position > $1 ORDER BY position';
    return (await this.pool.query<Row>(sql, [position])).rows.map((row) => row.position);
  }

  /** What a reader gets who waits for every transaction that is older, because one of them might still write. */
  async afterAllOlder(): Promise<number[]> {
    const sql = 'SELECT position FROM plain.event WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY position';
    return (await this.pool.query<Row>(sql)).rows.map((row) => row.position);
  }

  /** As one lane, with links that are right, so that only what is said above is wrong with it. */
  async read(): Promise<Log> {
    const { rows } = await this.pool.query<Row>('SELECT * FROM plain.event ORDER BY position');
    let hash = '';
    const events = rows.map((row) => {
      const event = asRecorded(row);
      hash = eventHash(hash, event);
      return { ...event, hash };
    });
    return { source: 'plain', heads: [rows.at(-1)?.position ?? 0], events };
  }
}

function asRecorded({ position, stream, version, command_id: commandId, line, at }: Row): RecordedEvent {
  const what = { type: 'LineWritten', schemaVersion: 1, data: { line }, happenedAt: at, recordedAt: at };
  return { source: 'plain', lane: 0, position, stream, version, ...what, commandId, by: 'writer', hash: '' };
}
