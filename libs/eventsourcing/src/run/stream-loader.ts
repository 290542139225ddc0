import { parsed, type StoredEvent } from '../envelope';
import type { Evolution } from '../evolution';
import type { EventStore } from '../store/event-store';
import { fold, type StreamRef } from '../vocabulary';
import type { Snapshots } from './snapshots';
import type { Known } from './state-cache';

/** A stream that somebody wants, and what is known of it so far. */
export interface Wanted {
  ref: StreamRef;
  known: Known;
}

/** Events that are held in memory at once, however long the streams are. */
const PAGE = 10_000;

/** Brings streams up to the log: from what is known of them, or from their last snapshot, on. */
export class StreamLoader {
  constructor(
    private readonly store: EventStore,
    private readonly evolution: Evolution,
    private readonly snapshots: Snapshots,
  ) {}

  /** What the wanted streams are now; those that do not exist are at version 0. */
  async load(wanted: ReadonlyMap<string, Wanted>): Promise<Map<string, Known>> {
    const known = await this.begin(wanted);
    const before = new Map([...known].map(([stream, { version }]) => [stream, version]));
    for (let rest = [...wanted.keys()]; rest.length > 0;) {
      const events = await this.store.load(
        rest.map((stream) => ({ stream, after: known.get(stream)?.version ?? 0 })),
        PAGE,
      );
      for (const event of events) this.apply(event, wanted, known);
      // Streams come one after the other: the last one may have more, those behind it have not been read.
      rest = events.length < PAGE ? [] : rest.slice(rest.indexOf(events.at(-1)?.stream ?? ''));
    }
    for (const [stream, { ref }] of wanted) {
      const now = known.get(stream);
      if (now) this.snapshots.consider(ref.aggregate, stream, before.get(stream) ?? 0, now);
    }
    return known;
  }

  private apply(stored: StoredEvent, wanted: ReadonlyMap<string, Wanted>, known: Map<string, Known>): void {
    const { stream, version } = stored;
    const ref = wanted.get(stream)?.ref;
    if (!ref) return;
    const event = this.evolution.current(parsed(stored)) as never;
    known.set(stream, { version, state: fold(ref.aggregate, [event], known.get(stream)?.state) as unknown });
  }

  private async begin(wanted: ReadonlyMap<string, Wanted>): Promise<Map<string, Known>> {
    const known = new Map([...wanted].map(([stream, entry]) => [stream, entry.known]));
    const cold = [...wanted].filter(([, entry]) => entry.known.version === 0);
    for (const [stream, found] of await this.snapshots.find(cold.map(([stream, { ref }]) => [stream, ref.aggregate]))) {
      known.set(stream, found);
    }
    return known;
  }
}
