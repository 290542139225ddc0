import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { counts, isSettled, type Moment } from './moment';
import { effectOf, sum, type Quantities } from './quantities';

/** What there was of a SKU at a place. */
export interface Level extends Quantities {
  /** How many events count; with none, the SKU had never been there. */
  events: number;
}

/**
 * Goes from what there is now back to what there was: every event that does not count at the moment is taken away. Sums do not
 * mind in which order things happened, so that back-dated events need no care, and everything before the moment need not
 * be looked at, however much it is.
 */
export class Unwinding {
  private readonly levels: Map<string, Level>;

  /** @param now each stream as it stands, with its version as the number of its events */
  constructor(
    now: ReadonlyMap<string, Level>,
    private readonly moment: Moment,
  ) {
    this.levels = new Map(now);
  }

  /** Takes the next older event of a stream; gives whether the one before it matters, too. */
  take(event: RecordedEvent): boolean {
    if (isSettled(event, this.moment)) return false;
    const level = this.levels.get(event.stream);
    if (level && !counts(event, this.moment)) {
      const before = sum(level, effectOf(event as never), -1);
      this.levels.set(event.stream, { ...before, events: level.events - 1 });
    }
    return true;
  }

  at(stream: string): Level | undefined {
    return this.levels.get(stream);
  }
}
