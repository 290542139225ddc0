import type { PoolClient } from 'pg';
import { eventId } from '../envelope';
import type { Checkpoint } from '../store/checkpoints';
import { isPassing } from '../store/faults';
import type { Parked } from '../store/parked';
import { ShadowTable, type Differences } from '../store/shadow-table';
import { transactionOn } from '../store/transaction';
import type { RecordedEvent } from '../vocabulary';
import { foldView, type BoundView, type Poison } from './fold-view';

export interface RebuildParts {
  /** A connection for nothing else: who holds it is the one who makes the view again. When it breaks, that is over. */
  client: PoolClient;
  bound: BoundView;
  parked: Parked;
  /** The ids of events that an operator has given up for this view. */
  skipped: ReadonlySet<string>;
  /** How far the live view has come. */
  checkpoints: (client: PoolClient) => Promise<Checkpoint[]>;
  /** Reads a lane of any source. */
  read: (source: string, lane: number, after: number, limit: number) => Promise<RecordedEvent[]>;
  /** The lock that instances hold while they keep the views of this service. */
  viewLock: string;
  onProgress: (events: number, total: number) => Promise<void>;
}

const PAGE = 1000;
/** So close behind the live view it is quicker to stop that one for a moment than to run after it. */
const CLOSE = 2000;

/**
 * Makes a view again from the beginning of the logs, in a table of its own, while the live one is read and kept as ever. When it is
 * close behind, the live view rests for a moment: the last events are folded, and what differs is written over in the same
 * transaction. The checkpoint stays where it is: both have seen exactly the same events.
 */
export class Rebuild {
  private readonly shadow: ShadowTable;
  private readonly fresh: BoundView;
  private readonly cursors = new Map<string, number>();
  private readonly poison: Poison[] = [];
  private readonly waiting = new Set<string>();
  private events = 0;

  constructor(private readonly parts: RebuildParts) {
    const { view, table } = parts.bound;
    this.shadow = new ShadowTable(table.table, table.columns);
    this.fresh = { view, table: table.in(this.shadow.name) };
  }

  /** @throws Error when a log cannot be read; the live view is as it was then */
  async run(): Promise<{ events: number; differences: Differences }> {
    const { client, viewLock } = this.parts;
    await transactionOn(client, undefined, () => this.shadow.make(client));
    for (let left = Infinity; left > CLOSE;) {
      left = await transactionOn(client, undefined, async () => this.round(client, await this.parts.checkpoints(client)));
    }
    const differences = await transactionOn(client, viewLock, () => this.switchOver(client));
    return { events: this.events, differences };
  }

  private async switchOver(client: PoolClient): Promise<Differences> {
    const ends = await this.parts.checkpoints(client);
    while ((await this.round(client, ends)) > 0);
    const differences = await this.shadow.replaceLive(client);
    await this.parts.parked.replace(client, this.fresh.view.name, this.poison);
    await this.shadow.drop(client);
    return differences;
  }

  /** Folds a page of each lane, up to where the live view is; gives how many positions are left. */
  private async round(client: PoolClient, ends: readonly Checkpoint[]): Promise<number> {
    const pages = await Promise.all(ends.map((end) => this.page(end)));
    const wanted = pages.flat().filter((event) => this.fresh.view.on[event.type] && !this.parts.skipped.has(eventId(event)));
    await this.fold(client, wanted);
    const total = ends.reduce((sum, { position }) => sum + position, 0);
    const done = ends.reduce((sum, end) => sum + this.cursor(end), 0);
    this.events += pages.flat().length;
    await this.parts.onProgress(done, total);
    return total - done;
  }

  private async page(end: Checkpoint): Promise<RecordedEvent[]> {
    const after = this.cursor(end);
    if (after >= end.position) return [];
    const read = await this.parts.read(end.source, end.lane, after, PAGE);
    const page = read.filter(({ position }) => position <= end.position);
    const last = page.at(-1);
    if (last?.position !== after + page.length) {
      throw new Error(
        `The log of ${end.source} gave ${page.length} events of lane ${end.lane} after ${after}: some are missing.`,
      );
    }
    this.cursors.set(keyOf(end), last.position);
    return page;
  }

  private cursor(end: Checkpoint): number {
    return this.cursors.get(keyOf(end)) ?? 0;
  }

  /** When a statement fails, halves the events until the one that causes it stands alone: its stream waits from there on. */
  private async fold(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
    const isHeld = ({ source, stream }: RecordedEvent): boolean => this.waiting.has(`${source} ${stream}`);
    try {
      await client.query('SAVEPOINT fold');
      this.park(await foldView(client, this.fresh, events, isHeld));
    } catch (error) {
      if (isPassing(error)) throw error;
      await client.query('ROLLBACK TO SAVEPOINT fold');
      const [first] = events;
      if (events.length <= 1) return first ? this.park([{ event: first, error: String(error) }]) : undefined;
      await this.fold(client, events.slice(0, events.length >> 1));
      await this.fold(client, events.slice(events.length >> 1));
    }
  }

  private park(poison: readonly Poison[]): void {
    for (const one of poison) {
      this.poison.push(one);
      this.waiting.add(`${one.event.source} ${one.event.stream}`);
    }
  }
}

const keyOf = ({ source, lane }: Checkpoint): string => `${source}/${lane}`;
