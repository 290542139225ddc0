import type { PoolClient } from 'pg';
import type { Checkpoints, Move } from '../store/checkpoints';
import type { Watermarks } from './watermarks';

const FLUSH_MS = 250;

/**
 * Moves checkpoints now and then and many at once, for those whose effects may safely be repeated: a process's commands, which the
 * log knows by their ids, and a relay's messages, which the readers know by their positions. What a crash leaves
 * unwritten is done again and absorbed.
 */
export class LazyCheckpoints {
  private readonly pending = new Map<string, Move>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly watermarks: Watermarks,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.flush().catch(this.onError), FLUSH_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush().catch(this.onError);
  }

  /** Takes a step: at once for this process, soon in the database. */
  note(move: Move): void {
    const key = `${move.consumer}/${move.source}/${move.lane}`;
    const earlier = this.pending.get(key);
    this.pending.set(key, earlier ? { ...move, from: earlier.from, absorbed: earlier.absorbed + move.absorbed } : move);
    this.watermarks.set(move.consumer, move.source, move.lane, move.to);
  }

  /** Takes a step at once, together with effects that must not be made twice; see `Checkpoints.raiseWith`. */
  async noteWith(move: Move, effects: (client: PoolClient, done: number) => Promise<void>): Promise<void> {
    await this.checkpoints.raiseWith(move, effects);
    this.watermarks.set(move.consumer, move.source, move.lane, move.to);
  }

  async flush(): Promise<void> {
    const moves = [...this.pending.values()];
    if (moves.length === 0) return;
    this.pending.clear();
    try {
      // Another instance did the same work and more.
      if ((await this.checkpoints.raise(moves)) > 0) await this.watermarks.reload();
    } catch (error) {
      for (const move of moves) this.putBack(move);
      throw error;
    }
  }

  /** The database is away: the step has to be taken later, together with those that came meanwhile. */
  private putBack(move: Move): void {
    const key = `${move.consumer}/${move.source}/${move.lane}`;
    const later = this.pending.get(key);
    this.pending.set(key, later ? { ...later, from: move.from, absorbed: later.absorbed + move.absorbed } : move);
  }
}
