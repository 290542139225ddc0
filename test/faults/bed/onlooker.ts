import type { Pool } from 'pg';
import { openPool } from '#libs/eventsourcing/parts';

/** Somebody who looks at a view again and again, while others do something to it, and remembers what he should not have seen. */
export class Onlooker {
  private readonly pool: Pool;
  private readonly lines = new Map<string, number>();
  private readonly wrong = new Set<string>();
  private left = false;
  private readonly done: Promise<void>;
  looks = 0;

  constructor(
    url: string,
    private readonly table = 'archive.page',
  ) {
    this.pool = openPool(url, 1);
    this.done = this.watch();
  }

  /** What was wrong with the view at any of the looks. */
  async leaves(): Promise<string[]> {
    this.left = true;
    await this.done;
    await this.pool.end();
    return [...this.wrong];
  }

  private async watch(): Promise<void> {
    do await this.look();
    while (!this.left);
  }

  /** Rows and lines only grow. Wrong rows, whose count is negative, are put right together. */
  private async look(): Promise<void> {
    const sql = `SELECT note, jsonb_array_length(lines) AS lines, count < 0 AS old FROM ${this.table}`;
    const { rows } = await this.pool.query<{ note: string; lines: number; old: boolean }>(sql);
    if (rows.length < this.lines.size) this.wrong.add('rows are missing');
    if (rows.some(({ note, lines }) => lines < (this.lines.get(note) ?? 0))) this.wrong.add('lines are missing');
    if (new Set(rows.map(({ old }) => old)).size > 1) this.wrong.add('some rows are old and some are new');
    for (const { note, lines } of rows) this.lines.set(note, Math.max(lines, this.lines.get(note) ?? 0));
    this.looks++;
  }
}
