import type { Feed } from '../feed/feed';
import { HttpLogReader } from '../feed/http-log-reader';
import type { KafkaClient } from '../feed/kafka-client';
import type { CommandRequest, Outcome } from '../run/command';
import type { CommandTypes } from '../run/command-types';
import { Intake } from '../run/intake';
import { LazyCheckpoints } from '../run/lazy-checkpoints';
import { LossWatch } from '../run/loss-watch';
import type { Parking } from '../run/parking';
import type { Rebuilds } from '../run/rebuilds';
import type { Slice } from '../run/slice';
import type { Streams } from '../run/streams';
import { consumed, traced } from '../run/tracing';
import { Watermarks } from '../run/watermarks';
import { Checkpoints } from '../store/checkpoints';
import type { EventStore } from '../store/event-store';
import { Parked } from '../store/parked';
import type { Timers } from '../store/timers';
import type { Database } from './database';
import { feedsFrom } from './feeds';
import type { EventSourcingOptions, Lag, ServiceDefinition } from './options';
import { lagOf, type Progress } from './progress';
import { ProcessSide } from './process-side';
import { ViewSide } from './view-side';

export interface ConsumerSideParts {
  options: EventSourcingOptions;
  definition: ServiceDefinition;
  database: Database;
  /** The service's own log. */
  store: EventStore;
  streams: Streams;
  kafka: KafkaClient | undefined;
  types: CommandTypes;
  dispatch: (command: object, request: CommandRequest) => Promise<Outcome>;
}

/** Everything of a service that reads events: its feeds, the intake, the views and the processes. */
export class ConsumerSide {
  readonly watermarks: Watermarks;
  readonly checkpoints: Checkpoints;
  readonly parked: Parked;
  /** For the processes, and for the relay. */
  readonly lazy: LazyCheckpoints;
  private readonly views: ViewSide;
  private readonly processes: ProcessSide;
  private readonly intake: Intake;
  private readonly reader: HttpLogReader;
  private readonly feeds: Feed[];
  private readonly losses: LossWatch;
  private stopped = false;

  constructor(private readonly parts: ConsumerSideParts) {
    const { options, definition, database } = parts;
    const consumers = [...(definition.views ?? []), ...(definition.processes ?? [])];
    const sources = [...new Set(consumers.flatMap((consumer) => consumer.sources))];
    this.checkpoints = new Checkpoints(database.relaxed, database.schema);
    this.parked = new Parked(database.relaxed, database.schema);
    this.watermarks = new Watermarks(this.checkpoints, consumers, options.lanes, this.parked);
    this.lazy = new LazyCheckpoints(this.checkpoints, this.watermarks, (error) => this.failed('writing checkpoints', error));
    this.reader = new HttpLogReader({ urlOf: (source) => options.urlOf(source), token: () => options.token() });
    const { checkpoints, watermarks, parked, reader } = this;
    const onRebuild = (error: unknown): void => this.failed('making a view again', error);
    this.views = new ViewSide({ ...parts, checkpoints, watermarks, parked, reader, onError: onRebuild });
    this.processes = this.processSide();
    this.intake = this.newIntake(new Set(consumers.flatMap((consumer) => Object.keys(consumer.on))));
    const onError = (what: string, error: unknown): void => this.failed(what, error);
    this.feeds = feedsFrom(sources, { ...parts, service: definition.service, intake: this.intake, onError });
    this.losses = new LossWatch({
      // Without a broker nothing is lost on the way: the logs themselves are read.
      sources: parts.kafka ? sources.filter((source) => source !== definition.service) : [],
      reader: this.reader,
      intake: this.intake,
      onError: (error) => this.failed('looking for lost events', error),
    });
  }

  async start(): Promise<void> {
    await this.watermarks.load();
    this.lazy.start();
    await Promise.all(this.feeds.map((feed) => feed.start((batch) => this.intake.deliver(batch))));
    this.losses.start();
    await this.processes.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.losses.stop();
    this.reader.stop();
    const letGo = (): Promise<unknown> => Promise.all([this.views.stop(), this.processes.stop()]);
    // Told first: a feed that stops waits for them, and they may be waiting for a database that is away.
    await Promise.all([letGo(), ...this.feeds.map((feed) => feed.stop())]);
    // What the feeds have still handed over.
    await letGo();
  }

  /** How far every view and process is behind. */
  async lag(): Promise<Lag[]> {
    const { store } = this.parts;
    return lagOf(await this.progress(), (source) => (source === store.source ? store.heads() : this.reader.heads(source)));
  }

  /** What operators can do about parked events. */
  get parking(): Parking {
    return this.processes.parking;
  }

  /** The timers of its processes. */
  get timers(): Timers {
    return this.processes.rows;
  }

  /** Views that are made again. */
  get rebuilds(): Rebuilds {
    return this.views.rebuilds;
  }

  async progress(): Promise<Progress[]> {
    return (await this.checkpoints.list()).map(({ consumer: name, position, ...rest }) => ({
      name,
      ...rest,
      position: Math.max(position, this.watermarks.of(name, rest.source, rest.lane)),
    }));
  }

  /** Whether everybody here has taken in a position; true when nobody here reads that source. */
  async has(source: string, lane: number, position: number, fresh: boolean): Promise<boolean> {
    if (fresh) await this.watermarks.reload();
    return (this.watermarks.lowest(source, lane) ?? position) >= position;
  }

  private processSide(): ProcessSide {
    return new ProcessSide({
      ...this.parts,
      checkpoints: this.lazy,
      watermarks: this.watermarks,
      parked: this.parked,
      reader: this.reader,
      views: this.views.bound,
      viewRunner: this.views.runner,
      onError: (what, error) => this.failed(what, error),
    });
  }

  private newIntake(wanted: ReadonlySet<string>): Intake {
    const { observer } = this.parts.options;
    const { service } = this.parts.definition;
    return new Intake({
      lowest: (source, lane) => this.watermarks.lowest(source, lane),
      wants: (type) => wanted.has(type),
      apply: (slice) => traced(`take in ${slice.source}`, consumed(slice), () => this.apply(slice)),
      reader: this.reader,
      onAbsorbed: (source, events) => observer.absorbed(service, source, events),
      onHole: (source, lane, missing) => observer.hole(service, source, lane, missing),
    });
  }

  private async apply(slice: Slice): Promise<void> {
    await Promise.all([this.views.runner.deliver(slice), this.processes.deliver(slice)]);
    const last = slice.events.at(-1);
    if (!last) return;
    // The clocks of two machines differ: an event may seem to have come before it was sent.
    const seconds = Math.max(0, Date.now() - Date.parse(last.recordedAt)) / 1000;
    this.parts.options.observer.tookIn(this.parts.definition.service, slice.source, seconds);
  }

  /** While stopping, what is cut off is expected. */
  private failed(what: string, error: unknown): void {
    if (this.stopped) return;
    this.parts.options.observer.failed(this.parts.definition.service, what, error);
  }
}
