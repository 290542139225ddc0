import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { isUnavailable } from '../store/faults';
import type { Parked } from '../store/parked';
import type { Process, RecordedEvent } from '../vocabulary';
import type { CommandRequest } from './command';
import type { LazyCheckpoints } from './lazy-checkpoints';
import { beyond, type Slice } from './slice';
import type { Watermarks } from './watermarks';

export interface ProcessRunnerParts {
  pool: Pool;
  processes: readonly Process[];
  checkpoints: LazyCheckpoints;
  watermarks: Watermarks;
  parked: Parked;
  /** Carries a command out; resolves when the log has it. */
  dispatch: (command: object, request: CommandRequest) => Promise<unknown>;
  onPoison: (consumer: string, error: string) => void;
}

const RETRY_MS = 200;

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
    await Promise.all([...byStream(events)].map((stream) => this.answerStream(process, stream)));
    this.parts.checkpoints.note({ consumer: process.name, source, lane, from, to: through, absorbed: slice.absorbed });
  }

  private async answerStream(process: Process, events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) {
      try {
        if (this.parts.parked.holds(process.name, event.stream)) throw new Error('waits behind a parked event of its stream');
        await this.react(process, event);
      } catch (error) {
        if (this.stopped) throw error;
        await this.park(process, event, error);
      }
    }
  }

  private async react(process: Process, event: RecordedEvent): Promise<void> {
    const commands = process.on[event.type]?.(event) ?? [];
    for (const [n, command] of commands.entries()) {
      const commandId = derivedId(`${process.name}/${event.source}/${event.lane}/${event.position}/${n}`);
      // What follows from an event happens, in business time, when the event did; `recordedAt` says when the log took it.
      const request = { commandId, by: `process:${process.name}`, now: event.happenedAt };
      await this.untilAvailable(() => this.parts.dispatch(command, request));
    }
  }

  private async park(process: Process, event: RecordedEvent, error: unknown): Promise<void> {
    await this.untilAvailable(() => this.parts.parked.park(this.parts.pool, process.name, event, String(error)));
    this.parts.onPoison(process.name, `${event.source}-${event.lane}-${event.position} ${event.type}: ${String(error)}`);
  }

  private async untilAvailable<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isUnavailable(error) || this.stopped) throw error;
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

/** A UUID (version 8: made of a hash) that is the same for the same cause, so that a repeat is known as one. */
export function derivedId(cause: string): string {
  const hex = createHash('sha256').update(cause).digest('hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
