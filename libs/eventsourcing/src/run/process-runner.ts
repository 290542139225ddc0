import { setTimeout } from 'node:timers/promises';
import { eventId } from '../envelope';
import { isPassing } from '../store/faults';
import type { Parked } from '../store/parked';
import type { TimerChange, Timers } from '../store/timers';
import type { Process, RecordedEvent } from '../vocabulary';
import type { LazyCheckpoints } from './lazy-checkpoints';
import type { Reactions } from './reactions';
import { beyond, type Slice } from './slice';
import type { Watermarks } from './watermarks';

export interface ProcessRunnerParts {
  processes: readonly Process[];
  checkpoints: LazyCheckpoints;
  watermarks: Watermarks;
  parked: Parked;
  timers: Timers;
  reactions: Reactions;
  onPoison: (consumer: string, error: string) => void;
  /** Told of timers that were set or forgotten. */
  onTimers: (changes: readonly TimerChange[]) => void;
}

const RETRY_MS = 200;
/** What another stream has yet to bring, or a provider that is away for a moment, is there at the next try. */
const TRIES = 3;

/**
 * Runs the processes of a service: events in, commands out, then the checkpoint. If it dies in between, the same commands are
 * sent again under the same ids, and the log absorbs them. Events of one stream are answered in order, streams side by side.
 */
export class ProcessRunner {
  /** The end of what is under way per process, source and lane. */
  private readonly tails = new Map<string, Promise<void>>();
  private stopped = false;

  constructor(private readonly parts: ProcessRunnerParts) {}

  /** Resolves once every process has answered the slice. */
  async deliver(slice: Slice): Promise<void> {
    const readers = this.parts.processes.filter(({ sources }) => sources.includes(slice.source));
    await Promise.all(readers.map((process) => this.enqueue(process, slice)));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.allSettled(this.tails.values());
  }

  private enqueue(process: Process, slice: Slice): Promise<void> {
    const key = `${process.name}/${slice.source}/${slice.lane}`;
    const next = (this.tails.get(key) ?? Promise.resolve()).catch(() => undefined).then(() => this.answer(process, slice));
    this.tails.set(key, next);
    return next;
  }

  private async answer(process: Process, slice: Slice): Promise<void> {
    const { source, lane, through } = slice;
    const from = this.parts.watermarks.of(process.name, source, lane);
    if (through <= from) return;
    const events = beyond(slice, from).events.filter((event) => process.on[event.type]);
    const changes = await Promise.all([...byStream(events)].map((stream) => this.answerStream(process, stream)));
    const move = { consumer: process.name, source, lane, from, to: through, absorbed: slice.absorbed };
    if (changes.every(({ length }) => length === 0)) return this.parts.checkpoints.note(move);
    const inOrder = changes.flat().sort((a, b) => a.position - b.position);
    await this.untilPassed(() => this.setTimers(move, inOrder));
  }

  /** Timers change with the checkpoint: an event that comes again must not bring one back that has fired or was called off since. */
  private async setTimers(move: Parameters<LazyCheckpoints['note']>[0], changes: readonly TimerChange[]): Promise<void> {
    const { checkpoints, timers, onTimers } = this.parts;
    await checkpoints.noteWith(move, (client, done) =>
      timers.write(
        client,
        changes.filter(({ position }) => position > done),
      ),
    );
    onTimers(changes);
  }

  private async answerStream(process: Process, events: readonly RecordedEvent[]): Promise<TimerChange[]> {
    const changes: TimerChange[] = [];
    for (const event of events) {
      if (this.parts.parked.seemsHeld(process.name, event) && (await this.waits(process, event))) continue;
      try {
        changes.push(...(await this.react(process, event)));
      } catch (error) {
        if (this.stopped) throw error;
        await this.park(process, event, String(error));
      }
    }
    return changes;
  }

  /** Whether an event had to be parked behind another one of its stream. */
  private waits({ name }: Process, event: RecordedEvent): Promise<boolean> {
    return this.untilPassed(() => this.parts.parked.parkBehind(name, event));
  }

  /** What passes is waited for as long as it takes, anything else only for so many tries. */
  private async react(process: Process, event: RecordedEvent): Promise<TimerChange[]> {
    for (let tries = 1; ;) {
      try {
        return await this.parts.reactions.to(event, process);
      } catch (error) {
        if (this.stopped || (!isPassing(error) && tries++ === TRIES)) throw error;
        await setTimeout(RETRY_MS);
      }
    }
  }

  private async park({ name }: Process, event: RecordedEvent, error: string): Promise<void> {
    await this.untilPassed(() => this.parts.parked.parkFirst(name, event, error));
    this.parts.onPoison(name, `${eventId(event)} ${event.type}: ${error}`);
  }

  private async untilPassed<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || this.stopped) throw error;
        await setTimeout(RETRY_MS);
      }
    }
  }
}

function byStream(events: readonly RecordedEvent[]): Iterable<RecordedEvent[]> {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const found = streams.get(event.stream);
    if (found) found.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams.values();
}
