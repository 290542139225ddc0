import type { Incoming, IncomingBatch, LogReader } from '../feed/feed';
import type { RecordedEvent } from '../vocabulary';
import type { Slice } from './slice';

export interface IntakeParts {
  /** The position that everybody here has in for a lane; undefined when nobody reads the source. */
  lowest: (source: string, lane: number) => number | undefined;
  /** Whether anybody here subscribes to an event type. */
  wants: (type: string) => boolean;
  /** Makes the effects of a slice; resolves when they are in. */
  apply: (slice: Slice) => Promise<void>;
  reader: LogReader;
  onAbsorbed: (source: string, events: number) => void;
  onHole: (source: string, lane: number, missing: number) => void;
}

/** How many events of one lane, wanted or not, may be under way; beyond that the feed has to wait. */
const WINDOW = 2000;
const PAGE = 1000;

/** A lane as it comes in: what is expected next, and what is under way. */
interface Lane {
  next: number;
  absorbed: number;
  underWay: Set<Promise<void>>;
  /** Events under way. */
  waiting: number;
  /** Batches of a lane are taken in one after the other, also while a hole is being filled. */
  turn: Promise<unknown>;
}

/**
 * The door through which events come into a service. Repeats are dropped and counted, holes are filled from the owner's log,
 * and what goes on is every event once, in order: whatever the feed repeats, loses or has forgotten.
 */
export class Intake {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly parts: IntakeParts) {}

  /** Takes a batch in. See `Deliver`. */
  async deliver(batch: IncomingBatch): Promise<{ settled: Promise<void> }> {
    const lane = this.lane(batch.source, batch.lane);
    if (!lane) return { settled: Promise.resolve() };
    const taken = lane.turn.then(() => this.take(lane, batch));
    lane.turn = taken.catch(() => undefined);
    const result = await taken;
    while (lane.waiting >= WINDOW) await Promise.race(lane.underWay);
    return result;
  }

  /** Fetches what the log has and the feed has not brought, up to `head`. */
  async catchUp(source: string, lane: number, head: number): Promise<void> {
    const state = this.lane(source, lane);
    if (!state) return;
    const taken = state.turn.then(() => this.fill(state, { source, lane, before: head + 1 }));
    state.turn = taken.catch(() => undefined);
    await taken;
  }

  /** The position before the one that is expected next. */
  position(source: string, lane: number): number {
    return (this.lane(source, lane)?.next ?? 1) - 1;
  }

  private lane(source: string, lane: number): Lane | undefined {
    const key = `${source}/${lane}`;
    const known = this.lanes.get(key);
    if (known) return known;
    const lowest = this.parts.lowest(source, lane);
    if (lowest === undefined) return undefined;
    const fresh: Lane = { next: lowest + 1, absorbed: 0, underWay: new Set(), waiting: 0, turn: Promise.resolve() };
    this.lanes.set(key, fresh);
    return fresh;
  }

  private async take(state: Lane, { source, lane, messages }: IncomingBatch): Promise<{ settled: Promise<void> }> {
    let settled: Promise<void> = Promise.resolve();
    let passed = 0;
    for (const run of denseRuns(messages, state.next)) {
      passed += run.length;
      await this.fill(state, { source, lane, before: run[0]?.position ?? 0 });
      settled = this.pass(state, { source, lane }, run);
    }
    this.absorb(state, source, messages.length - passed);
    return { settled };
  }

  private absorb(state: Lane, source: string, repeated: number): void {
    if (repeated === 0) return;
    state.absorbed += repeated;
    this.parts.onAbsorbed(source, repeated);
  }

  private pass(state: Lane, { source, lane }: { source: string; lane: number }, run: readonly Incoming[]): Promise<void> {
    const last = run.at(-1);
    if (!last) return Promise.resolve();
    const events = run.filter(({ type }) => this.parts.wants(type)).map((message) => message.event());
    return this.send(state, { source, lane, after: state.next - 1, through: last.position, events, absorbed: 0 });
  }

  private send(state: Lane, slice: Slice): Promise<void> {
    const absorbed = state.absorbed;
    state.absorbed = 0;
    state.next = slice.through + 1;
    const events = slice.through - slice.after;
    const settled = this.parts.apply({ ...slice, absorbed });
    const tracked = settled
      .catch(() => this.reset(slice, state))
      .finally(() => {
        state.underWay.delete(tracked);
        state.waiting -= events;
      });
    state.underWay.add(tracked);
    state.waiting += events;
    return settled;
  }

  /** What could not be applied has to come again: the lane starts over at what is really in, and the hole is refilled. */
  private reset({ source, lane }: Slice, state: Lane): void {
    if (this.lanes.get(`${source}/${lane}`) === state) this.lanes.delete(`${source}/${lane}`);
  }

  private async fill(state: Lane, { source, lane, before }: { source: string; lane: number; before: number }): Promise<void> {
    if (state.next >= before) return;
    this.parts.onHole(source, lane, before - state.next);
    while (state.next < before) {
      const page = await this.parts.reader.read(source, lane, state.next - 1, Math.min(PAGE, before - state.next));
      const last = page.at(-1);
      if (!last || page[0]?.position !== state.next) throw new Error(`The log of ${source} has no event ${lane}/${state.next}.`);
      const events = page.filter((event: RecordedEvent) => this.parts.wants(event.type));
      await this.send(state, { source, lane, after: state.next - 1, through: last.position, events, absorbed: 0 });
    }
  }
}

/** Cuts messages at their holes; positions that are not ahead of the one before are dropped. */
function* denseRuns(messages: readonly Incoming[], from: number): Iterable<Incoming[]> {
  let run: Incoming[] = [];
  let last = from - 1;
  for (const message of messages) {
    if (message.position <= last) continue;
    if (run.length > 0 && message.position !== last + 1) {
      yield run;
      run = [];
    }
    run.push(message);
    last = message.position;
  }
  if (run.length > 0) yield run;
}
