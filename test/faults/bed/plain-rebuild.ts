import type { Pool } from 'pg';
import { openPool } from '#libs/eventsourcing/parts';
import type { Notes } from './audit';
import { Interrupted } from './plain-archive';

/** The control: a view that is made again as one does it at first, by emptying the table and filling it anew. */
export class PlainRebuild {
  private constructor(private readonly pool: Pool) {}

  /** Begins with the pages as the archive shows them now. */
  static async open(databaseUrl: string): Promise<PlainRebuild> {
    const pool = openPool(databaseUrl, 1);
    await pool.query(`
      DROP SCHEMA IF EXISTS plain CASCADE;
      CREATE SCHEMA plain;
      CREATE TABLE plain.page AS SELECT * FROM archive.page`);
    return new PlainRebuild(pool);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  /** @param onPage told after each page: here it may be killed */
  async run(notes: Notes, onPage: (done: number) => Promise<void>): Promise<void> {
    await this.pool.query('TRUNCATE plain.page');
    let done = 0;
    for (const [note, lines] of notes) {
      const values = [`note:${note}`, JSON.stringify(lines), lines.length];
      await this.pool.query('INSERT INTO plain.page (note, lines, count) VALUES ($1, $2, $3)', values);
      await onPage(++done);
    }
  }

  async killedAfter(pages: number, notes: Notes, onPage: (done: number) => Promise<void>): Promise<void> {
    const run = this.run(notes, async (done) => {
      await onPage(done);
      if (done === pages) throw new Interrupted();
    });
    await run.catch((error: unknown) => {
      if (!(error instanceof Interrupted)) throw error;
    });
  }
}
