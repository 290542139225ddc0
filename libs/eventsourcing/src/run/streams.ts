import { parsed } from '../envelope';
import type { EventStore } from '../store/event-store';
import { fold, streamId, type Aggregate, type EventMap, type StreamRef } from '../vocabulary';
import { StateCache, type Known } from './state-cache';

/** A stream as it stands: version 0 when nothing has happened to it. */
export interface StreamState<S> {
  state: S;
  version: number;
}

type Watcher = () => void;

/** How often a stream is looked at again while waiting, in case another process wrote to it. */
const RECHECK_MS = 250;

/** Reads streams through the cache, and lets callers wait for what happens to one. */
export class Streams {
  private readonly watchers = new Map<string, Set<Watcher>>();

  constructor(
    private readonly store: EventStore,
    readonly cache = new StateCache(),
  ) {}

  /** The present state of a stream, read from the log: whatever was written before the call is in it. */
  async read<S, M extends EventMap>(aggregate: Aggregate<S, M>, id: string): Promise<StreamState<S>> {
    const stream = streamId(aggregate, id);
    await this.refresh([{ aggregate, id }]);
    const known = this.cache.get(stream);
    return known ? { state: known.state as S, version: known.version } : { state: aggregate.initial, version: 0 };
  }

  /** Waits until `done` holds for the stream or time is up; gives the state as it then is. */
  async until<S, M extends EventMap>(
    aggregate: Aggregate<S, M>,
    id: string,
    done: (state: S) => boolean,
    timeoutMs: number,
  ): Promise<StreamState<S>> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const next = this.nextChange(streamId(aggregate, id), Math.min(RECHECK_MS, deadline - performance.now()));
      const found = await this.read(aggregate, id);
      if (done(found.state) || performance.now() >= deadline) {
        next.cancel();
        return found;
      }
      await next.seen;
    }
  }

  /** Loads the streams that are not in the cache; those that do not exist are remembered as empty. */
  async warm(refs: readonly StreamRef[]): Promise<void> {
    const missing = new Map<string, StreamRef>();
    for (const ref of refs) {
      const stream = streamId(ref.aggregate, ref.id);
      if (!this.cache.get(stream)) missing.set(stream, ref);
    }
    if (missing.size > 0) await this.refresh([...missing.values()]);
  }

  /** Tells those who wait that these streams have changed. */
  changed(streams: Iterable<string>): void {
    if (this.watchers.size === 0) return;
    for (const stream of streams) {
      for (const watcher of this.watchers.get(stream) ?? []) watcher();
    }
  }

  private async refresh(refs: readonly StreamRef[]): Promise<void> {
    const before = new Map<string, { ref: StreamRef; known: Known }>();
    for (const ref of refs) {
      const stream = streamId(ref.aggregate, ref.id);
      before.set(stream, { ref, known: this.cache.get(stream) ?? { version: 0, state: ref.aggregate.initial as unknown } });
    }
    const events = await this.store.load([...before].map(([stream, { known }]) => ({ stream, after: known.version })));
    const after = new Map([...before].map(([stream, { known }]) => [stream, known]));
    for (const event of events) {
      const entry = before.get(event.stream);
      if (!entry) continue;
      const state: unknown = after.get(event.stream)?.state;
      after.set(event.stream, { version: event.version, state: fold(entry.ref.aggregate, [parsed(event) as never], state) });
    }
    for (const [stream, known] of after) {
      // A commit may have moved the cache on while the log was read.
      if ((this.cache.get(stream)?.version ?? -1) < known.version) this.cache.set(stream, known);
    }
  }

  private nextChange(stream: string, withinMs: number): { seen: Promise<void>; cancel: () => void } {
    let cancel = (): void => undefined;
    const seen = new Promise<void>((resolve) => {
      const watchers = this.watchers.get(stream) ?? new Set<Watcher>();
      this.watchers.set(stream, watchers);
      const timer = setTimeout(() => cancel(), Math.max(1, withinMs));
      cancel = () => {
        clearTimeout(timer);
        watchers.delete(cancel);
        if (watchers.size === 0) this.watchers.delete(stream);
        resolve();
      };
      watchers.add(cancel);
    });
    return { seen, cancel: () => cancel() };
  }
}
