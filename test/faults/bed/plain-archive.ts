import type { Pool, PoolClient } from 'pg';
import { openPool } from '#libs/eventsourcing/parts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Notes } from './audit';

/** Where a plain archive is interrupted: before it has noted how far it is. */
export class Interrupted extends Error {}

/**
 * The control: a consumer as one writes it at first. It writes what it is brought, and then notes how far it is. Nobody looks whether
 * the event was there before, whether it is the next, or whether somebody else does the same work.
 */
export class PlainArchive {
  private constructor(private readonly pool: Pool) {}

  static async open(databaseUrl: string): Promise<PlainArchive> {
    const pool = openPool(databaseUrl, 2);
    await pool.query(`
      DROP SCHEMA IF EXISTS plain CASCADE;
      CREATE SCHEMA plain;
      CREATE TABLE plain.line (n bigserial PRIMARY KEY, note text NOT NULL, line int NOT NULL);
      CREATE TABLE plain.mark (position int NOT NULL);
      INSERT INTO plain.mark VALUES (0)`);
    return new PlainArchive(pool);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  /** How many of the events it believes to have. */
  async mark(): Promise<number> {
    return (await this.pool.query<{ position: number }>('SELECT position FROM plain.mark')).rows[0]?.position ?? 0;
  }

  async take(events: readonly RecordedEvent[], crash: 'before-mark' | 'never' = 'never'): Promise<void> {
    const from = await this.mark();
    for (const event of events) await this.store(event, this.pool);
    if (crash === 'before-mark') throw new Interrupted();
    await this.pool.query('UPDATE plain.mark SET position = $1', [from + events.length]);
  }

  async shown(): Promise<Notes> {
    const { rows } = await this.pool.query<{ note: string; line: number }>('SELECT note, line FROM plain.line ORDER BY n');
    const notes: Notes = new Map();
    for (const { note, line } of rows) notes.set(note, [...(notes.get(note) ?? []), line]);
    return notes;
  }

  private async store({ stream, data }: RecordedEvent, by: Pool | PoolClient): Promise<void> {
    const values = [stream.slice('note:'.length), (data as { line: number }).line];
    await by.query('INSERT INTO plain.line (note, line) VALUES ($1, $2)', values);
  }
}
