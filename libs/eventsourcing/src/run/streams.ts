import { Evolution } from '../evolution';
import type { EventStore } from '../store/event-store';
import { streamId, type Aggregate, type EventMap, type StreamRef } from '../vocabulary';
import { Batcher } from './batcher';
import type { NamedStream } from './named-stream';
import { Snapshots } from './snapshots';
import { StateCache } from './state-cache';
import { StreamLoader, type Wanted } from './stream-loader';
import { walkBack, type Begin, type Visit } from './walk-back';

/** A stream as it stands: version 0 when nothing has happened to it. */
export interface StreamState<S> {
  state: S;
  version: number;
}

type Watcher = () => void;

/** How often a stream is looked at again while waiting, in case another process wrote to it. */
const RECHECK_MS = 1000;
const MAX_READS = 500;

/** Streams that somebody wants as the log has them. */
interface Read {
  refs: readonly StreamRef[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Reads streams through the cache, and lets callers wait for what happens to one. */
export class Streams {
  private readonly watchers = new Map<string, Set<Watcher>>();

  private readonly reads = new Batcher<Read>((reads) => this.readAll(reads), { size: () => MAX_READS, paceMs: 2 });

  private readonly loader: StreamLoader;

  constructor(
    private readonly store: EventStore,
    private readonly evolution = new Evolution(),
    readonly snapshots = new Snapshots(store),
    readonly cache = new StateCache(),
  ) {
    this.loader = new StreamLoader(store, evolution, snapshots);
  }

  /** The present state of a stream, read from the log: whatever was written before the call is in it. */
  async read<S, M extends EventMap>(aggregate: Aggregate<S, M>, id: string): Promise<StreamState<S>> {
    const stream = streamId(aggregate, id);
    await this.refresh([{ aggregate, id }]);
    const known = this.cache.get(stream);
    return known ? { state: known.state as S, version: known.version } : { state: aggregate.initial, version: 0 };
  }

  /**
   * Hands over what happened to streams, newest first, until the visitor says of a stream that it has seen enough of it. What is
   * older than that is not read, and what is handed over is not kept: a stream may be as long as it likes.
   */
  walkBack(from: readonly Begin[], visit: Visit): Promise<void> {
    return walkBack({ store: this.store, evolution: this.evolution }, from, visit);
  }

  /**
   * Waits until `done` holds for the stream or time is up; gives the state as it then is. What this process writes is seen at
   * once and without asking the log; what others write, at the next look.
   */
  async until<S, M extends EventMap>(
    aggregate: Aggregate<S, M>,
    id: string,
    done: (state: S) => boolean,
    timeoutMs: number,
  ): Promise<StreamState<S>> {
    const deadline = performance.now() + timeoutMs;
    for (let found = this.cached(aggregate, id); ;) {
      if (found && done(found.state)) return found;
      const left = deadline - performance.now();
      if (left <= 0) return this.read(aggregate, id);
      const seen = await this.nextChange(streamId(aggregate, id), Math.min(RECHECK_MS, left));
      found = seen ? this.cached(aggregate, id) : await this.read(aggregate, id);
    }
  }

  /** A stream as this process knows it, which may be old; it is read only when nothing is known. For what never changes again. */
  async recall<S, M extends EventMap>(aggregate: Aggregate<S, M>, id: string): Promise<StreamState<S>> {
    return this.cached(aggregate, id) ?? this.read(aggregate, id);
  }

  private cached<S, M extends EventMap>(aggregate: Aggregate<S, M>, id: string): StreamState<S> | undefined {
    return this.cache.get(streamId(aggregate, id)) as StreamState<S> | undefined;
  }

  /** Loads the streams that are not in the cache; those that do not exist are remembered as empty. */
  async warm(refs: readonly NamedStream[]): Promise<void> {
    const missing = new Map<string, StreamRef>();
    for (const ref of refs) if (!this.cache.get(ref.stream)) missing.set(ref.stream, ref);
    if (missing.size > 0) await this.refresh([...missing.values()]);
  }

  /** Tells those who wait that these streams have changed. */
  changed(streams: Iterable<string>): void {
    if (this.watchers.size === 0) return;
    for (const stream of streams) {
      for (const watcher of this.watchers.get(stream) ?? []) watcher();
    }
  }

  /** Brings the cache up to the log. Readers of the same moment share one question. */
  private refresh(refs: readonly StreamRef[]): Promise<void> {
    return new Promise((resolve, reject) => this.reads.push({ refs, resolve, reject }));
  }

  private async readAll(reads: readonly Read[]): Promise<void> {
    try {
      await this.load(reads.flatMap(({ refs }) => refs));
      reads.forEach(({ resolve }) => resolve());
    } catch (error) {
      reads.forEach(({ reject }) => reject(error));
    }
  }

  private async load(refs: readonly StreamRef[]): Promise<void> {
    const wanted = new Map<string, Wanted>();
    for (const ref of refs) {
      const stream = streamId(ref.aggregate, ref.id);
      wanted.set(stream, { ref, known: this.cache.get(stream) ?? { version: 0, state: ref.aggregate.initial as unknown } });
    }
    for (const [stream, known] of await this.loader.load(wanted)) {
      // A commit may have moved the cache on while the log was read.
      if ((this.cache.get(stream)?.version ?? -1) < known.version) this.cache.set(stream, known);
    }
  }

  /** Whether the stream changed here within the time. */
  private nextChange(stream: string, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const watchers = this.watchers.get(stream) ?? new Set<Watcher>();
      const settle = (seen: boolean): void => {
        clearTimeout(timer);
        watchers.delete(watcher);
        if (watchers.size === 0) this.watchers.delete(stream);
        resolve(seen);
      };
      const watcher = (): void => settle(true);
      const timer = setTimeout(() => settle(false), Math.max(1, withinMs));
      this.watchers.set(stream, watchers.add(watcher));
    });
  }
}
