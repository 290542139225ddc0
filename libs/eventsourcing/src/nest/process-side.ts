import type { LogReader } from '../feed/feed';
import { parsed } from '../envelope';
import { caughtUp } from '../run/caught-up';
import type { CommandRequest, Outcome } from '../run/command';
import type { CommandTypes } from '../run/command-types';
import type { BoundView } from '../run/fold-view';
import type { LazyCheckpoints } from '../run/lazy-checkpoints';
import { Parking } from '../run/parking';
import { ProcessRunner } from '../run/process-runner';
import { Reactions } from '../run/reactions';
import { consumer } from '../run/skip-parked-event';
import type { Slice } from '../run/slice';
import type { Streams } from '../run/streams';
import { TimerRunner } from '../run/timer-runner';
import type { ViewRunner } from '../run/view-runner';
import type { Watermarks } from '../run/watermarks';
import type { EventStore } from '../store/event-store';
import { Leases } from '../store/leases';
import type { Parked } from '../store/parked';
import { Timers } from '../store/timers';
import type { RecordedEvent } from '../vocabulary';
import type { Database } from './database';
import type { EventSourcingOptions, ServiceDefinition } from './options';

export interface ProcessSideParts {
  options: EventSourcingOptions;
  definition: ServiceDefinition;
  database: Database;
  store: EventStore;
  streams: Streams;
  types: CommandTypes;
  dispatch: (command: object, request: CommandRequest) => Promise<Outcome>;
  checkpoints: LazyCheckpoints;
  watermarks: Watermarks;
  parked: Parked;
  reader: LogReader;
  views: readonly BoundView[];
  viewRunner: ViewRunner;
  onError: (what: string, error: unknown) => void;
}

const LEASE_MS = 6000;
/** How long timers wait after a start for logs that cannot be asked. */
const PATIENCE_MS = 10_000;

/** What sends commands in a service without being asked: its processes, their timers, and what operators have tried again. */
export class ProcessSide {
  readonly parking: Parking;
  /** The timers of the processes. */
  readonly rows: Timers;
  private readonly runner: ProcessRunner;
  private readonly timers: TimerRunner | undefined;
  private stopped = false;

  constructor(private readonly parts: ProcessSideParts) {
    const { options, definition, database, dispatch, types } = parts;
    const timers = new Timers(database.relaxed, database.schema, options.lanes);
    this.rows = timers;
    if (this.processes.length > 0) this.timers = this.timerRunner(timers);
    const onTimers = this.timers ? this.timers.expect.bind(this.timers) : () => undefined;
    const common = { ...parts, processes: this.processes, reactions: new Reactions(dispatch, types), timers, onTimers };
    const onPoison = (name: string, error: string): void => options.observer.parked(definition.service, name, error);
    this.runner = new ProcessRunner({ ...common, onPoison });
    this.parking = new Parking({
      ...common,
      onTimersAgain: () => this.timers?.wake(),
      eventAt: (source, lane, position) => this.eventAt(source, lane, position),
      isSkipped: async (name, event) => (await parts.streams.read(consumer, name)).state.skipped.includes(event),
    });
  }

  async start(): Promise<void> {
    await this.timers?.start();
  }

  deliver(slice: Slice): Promise<void> {
    return this.runner.deliver(slice);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([this.runner.stop(), this.timers?.stop()]);
  }

  private get processes(): NonNullable<ServiceDefinition['processes']> {
    return this.parts.definition.processes ?? [];
  }

  private timerRunner(timers: Timers): TimerRunner {
    const { options, definition, database, types, dispatch, onError } = this.parts;
    const { service } = definition;
    const lease = { name: 'timers', owner: options.owner, lanes: options.lanes, ttlMs: LEASE_MS };
    return new TimerRunner({
      timers,
      leases: new Leases(database.relaxed, database.schema, lease),
      types,
      dispatch,
      ready: () => this.caughtUp(),
      onRefused: (process, what, refusal) => options.observer.refused(service, `${process}: ${what}`, refusal),
      onPoison: (process, error) => options.observer.parked(service, process, error),
      onError: (error) => onError('looking for timers that are due', error),
    });
  }

  private caughtUp(): Promise<void> {
    const { store, reader, watermarks } = this.parts;
    const sources = [...new Set(this.processes.flatMap((process) => process.sources))];
    const has = async (source: string, lane: number, position: number): Promise<boolean> => {
      if ((watermarks.lowest(source, lane) ?? position) >= position) return true;
      // The lane may be read by another instance.
      await watermarks.reload();
      return (watermarks.lowest(source, lane) ?? position) >= position;
    };
    const heads = (source: string): Promise<number[]> => (source === store.source ? store.heads() : reader.heads(source));
    return caughtUp({ sources, heads, has, isStopped: () => this.stopped }, PATIENCE_MS);
  }

  private async eventAt(source: string, lane: number, position: number): Promise<RecordedEvent | undefined> {
    const { store, reader } = this.parts;
    if (source !== store.source) return (await reader.read(source, lane, position - 1, 1))[0];
    const [event] = await store.read(lane, position - 1, 1);
    return event && parsed(event);
  }
}
