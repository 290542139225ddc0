import type { Pool } from 'pg';
import type { StoredEvent } from '../envelope';
import { appendValues, checksOf, layOut, type AppendAnswer, type Checks, type Layout } from './append-call';
import type { Batch, ChainResult } from './event-store';
import { isUniqueViolation } from './faults';
import { LaneHeads, type Links } from './lane-heads';
import { fail, without } from './part-of-batch';
import { writtenEvents } from './written-events';

/** How many calls look at everything after a unique key was violated. */
const CAREFUL_CALLS = 20;
const ARGUMENTS = 29;

export interface AppenderParts {
  source: string;
  pool: Pool;
  /** The quoted schema name. */
  schema: string;
  lanes: number;
  /** Told, after the commit, what the log now has. */
  onWritten: (events: StoredEvent[]) => void;
}

/** What operators want to know of appends. */
export interface AppendFigures {
  waitedMs: number;
  careful: number;
}

/** One call and its answer. */
interface Called {
  layout: Layout;
  checks: Checks;
  answer: AppendAnswer;
  links: Links;
}

/** The writing side of the log in PostgreSQL: one function call per batch. */
export class Appender {
  /** Since they were asked for last: how long calls have waited for lanes that others held, and how many were made a second time. */
  figures: AppendFigures = { waitedMs: 0, careful: 0 };
  private readonly heads: LaneHeads;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly sql: string;
  private carefulCalls = 0;

  constructor(private readonly parts: AppenderParts) {
    this.heads = new LaneHeads();
    const parameters = Array.from({ length: ARGUMENTS }, (_, n) => `$${n + 1}`).join(',');
    this.sql = `SELECT conflicts, duplicates, bases, seeds, recorded, hashes, waited FROM ${parts.schema}.append(${parameters})`;
  }

  /** What stands in the way is left out and the rest asked again: at most as often as there are groups, in practice once. */
  async append(batch: Batch): Promise<ChainResult[]> {
    const results: ChainResult[] = batch.chains.map(() => ({ status: 'written', base: 0 }));
    for (const failed = new Set<number>(); ;) {
      const rest = without(batch, failed);
      if (rest.chains.length === 0) return results;
      const { layout, checks, answer, links } = await this.call(rest.batch);
      const { conflicts, duplicates, bases } = answer;
      if (conflicts.length + duplicates.length === 0) {
        rest.chains.forEach((n, m) => (results[n] = { status: 'written', base: bases[(layout.chainAt[m] ?? 0) - 1] ?? 0 }));
        this.parts.onWritten(writtenEvents(this.parts.source, layout, { ...answer, links }));
        return results;
      }
      const moved = new Set(conflicts.map((m) => rest.chains[checks.chains[m - 1] ?? -1] ?? -1));
      const repeated = new Set(duplicates.map((m) => rest.batch.commands[m - 1]?.group ?? -1));
      fail(batch, { moved, repeated }, { failed, results });
    }
  }

  /**
   * Several calls may be under way: each is linked to where the one before it will end. Only when that is not known does a call wait
   * for the others, which bring it to light.
   */
  private async call(batch: Batch): Promise<Called> {
    const layout = layOut(batch, this.parts.lanes);
    while (this.underWay.size > 0 && !this.heads.knows(layout.lanes)) await Promise.race(this.underWay);
    const call = this.trust(layout);
    const ended = call.catch(() => undefined);
    this.underWay.add(ended);
    try {
      return await call;
    } finally {
      this.underWay.delete(ended);
    }
  }

  /**
   * Unique keys are trusted to find what is there already. When one has, it does not say who was at fault: everything is
   * looked at then, and for some calls after, because what is repeated is mostly repeated at length.
   */
  private async trust(layout: Layout): Promise<Called> {
    const careful = this.carefulCalls > 0;
    if (careful) this.carefulCalls--;
    try {
      return await this.ask(layout, careful);
    } catch (error) {
      if (careful || !isUniqueViolation(error)) throw error;
      this.carefulCalls = CAREFUL_CALLS;
      this.figures.careful++;
      return this.ask(layout, true);
    }
  }

  private async ask(layout: Layout, careful: boolean): Promise<Called> {
    const links = this.heads.link(layout);
    const checks = checksOf(layout.batch);
    const values = appendValues({ ...layout, links }, checks, careful);
    try {
      const result = await this.parts.pool.query<AppendAnswer>({ name: `${this.parts.schema}-append`, text: this.sql, values });
      const [answer] = result.rows;
      if (!answer) throw new Error('The append function gave no answer.');
      this.figures.waitedMs += answer.waited;
      this.heads.settle(layout, links, answer);
      return { layout, checks, answer, links };
    } catch (error) {
      this.heads.forget(layout.lanes);
      throw error;
    }
  }
}
