import { KafkaClient } from '../feed/kafka-client';
import type { CommandBinding, CommandRequest, Outcome, Resolve } from '../run/command';
import { CommandRunner } from '../run/command-runner';
import { CommandTypes } from '../run/command-types';
import { parsePositions } from '../run/position-token';
import { Relay, RELAY } from '../run/relay';
import { consumer, SkipParkedEvent, skipParkedEvent } from '../run/skip-parked-event';
import { Snapshots } from '../run/snapshots';
import { Streams } from '../run/streams';
import { GrowthNotice } from '../store/growth-notice';
import { Leases } from '../store/leases';
import { PostgresStore } from '../store/postgres-store';
import { handles } from './bindings';
import { ConsumerSide } from './consumer-side';
import { openDatabase, type Database } from './database';
import type { EventSourcingOptions, Lag, ServiceDefinition, ServiceHandle } from './options';
import { prepareTopics } from './prepare-topics';
import { topicOf } from './topic';

const LEASE_MS = 6000;
const LOOK_MS = 10;
const RELOAD_EVERY = 10;

/** What every service can be told besides its own commands. */
const SKIPPING = handles(consumer, SkipParkedEvent, skipParkedEvent, (command) => command.consumer);

/** One service at work: its log, its relay, its consumers. Nest wires it; nothing in here knows Nest. */
export class ServiceRuntime implements ServiceHandle {
  readonly store: PostgresStore;
  readonly streams: Streams;
  readonly consumers: ConsumerSide;
  private readonly runner: CommandRunner;
  private readonly relay: Relay | undefined;
  private readonly leases: Leases;
  private readonly notice: GrowthNotice;
  private readonly bindings: Map<unknown, CommandBinding>;
  private stopping: Promise<void> | undefined;

  static async open(options: EventSourcingOptions, definition: ServiceDefinition, resolve: Resolve): Promise<ServiceRuntime> {
    const { evolution } = options;
    const views = (definition.views ?? []).map((view) => evolution.reader(view));
    const processes = (definition.processes ?? []).map((process) => evolution.reader(process));
    return new ServiceRuntime(options, { ...definition, views, processes }, await openDatabase(options, definition), resolve);
  }

  private readonly kafka: KafkaClient | undefined;

  private constructor(
    readonly options: EventSourcingOptions,
    readonly definition: ServiceDefinition,
    readonly database: Database,
    resolve: Resolve,
  ) {
    this.kafka = options.bus === 'kafka' ? kafkaClient(options, definition.service) : undefined;
    const lease = { name: RELAY, owner: options.owner, lanes: options.lanes, ttlMs: LEASE_MS };
    this.leases = new Leases(database.relaxed, database.schema, lease);
    this.notice = this.growthNotice();
    this.store = new PostgresStore(definition.service, database.log, database.schema, options.lanes);
    const snapshots = new Snapshots(this.store, (error) => options.observer.failed(this.service, 'writing snapshots', error));
    this.streams = new Streams(this.store, options.evolution, snapshots);
    this.runner = this.commandRunner(resolve);
    const commands = [...(definition.commands ?? []), SKIPPING];
    this.bindings = new Map(commands.map((binding) => [binding.command, binding]));
    const dispatch = (command: object, request: CommandRequest): Promise<Outcome> => this.run(command, request);
    const { store, streams, kafka } = this;
    const types = new CommandTypes(commands);
    this.consumers = new ConsumerSide({ options, definition, database, store, streams, kafka, types, dispatch });
    if (this.kafka && definition.commands) {
      this.relay = this.newRelay(this.kafka);
    }
  }

  get service(): string {
    return this.definition.service;
  }

  /** Carries out an instance of a command class that the service handles. */
  run(command: object, request: CommandRequest): Promise<Outcome> {
    const binding = this.bindings.get(command.constructor);
    if (!binding) throw new Error(`${this.service} does not handle ${command.constructor.name}.`);
    return this.runner.run(binding, command, request);
  }

  async start(): Promise<void> {
    if (this.kafka) await prepareTopics(this.kafka, this.options, this.definition, () => this.store.heads());
    if (this.relay) await this.consumers.checkpoints.ensure(RELAY, [this.service], this.options.lanes);
    await this.notice.start();
    await this.consumers.start();
    await this.relay?.start();
    this.options.started(this);
  }

  /** Ends what is under way, in the order in which events flow: nothing is dropped, the rest waits in the log. */
  stop(): Promise<void> {
    return (this.stopping ??= this.end());
  }

  async reached(token: string, timeoutMs: number): Promise<boolean> {
    const wanted = parsePositions(token);
    const deadline = performance.now() + timeoutMs;
    for (let look = 1; ; look++) {
      const fresh = look % RELOAD_EVERY === 0;
      const has = await Promise.all(
        wanted.map(({ source, lane, position }) => this.consumers.has(source, lane, position, fresh)),
      );
      if (has.every(Boolean)) return true;
      if (performance.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async checkDatabase(): Promise<void> {
    await this.database.relaxed.query('SELECT 1');
  }

  async checkBus(): Promise<void> {
    await this.kafka?.ping();
  }

  parked(): Promise<ReadonlyMap<string, number>> {
    return this.consumers.parked.counts();
  }

  lag(): Promise<Lag[]> {
    return this.consumers.lag();
  }

  timers(): Promise<{ due: number; parked: number }> {
    return this.consumers.timers.counts();
  }

  private async end(): Promise<void> {
    this.notice.stop();
    await this.consumers.stop();
    await this.runner.idle();
    await this.streams.snapshots.stop();
    await this.relay?.stop();
    await this.consumers.lazy.stop();
    await this.kafka?.stop();
    await this.database.close();
  }

  private commandRunner(resolve: Resolve): CommandRunner {
    return new CommandRunner(this.store, this.streams, {
      maxCommands: 500,
      maxStreams: 2000,
      maxAttempts: 50,
      paceMs: 20,
      patienceMs: 3000,
      schemaVersionOf: (type) => this.options.evolution.versionOf(type),
      resolve,
      onCommit: (commit) => {
        if (commit.events > 0) this.grown();
        const { waitedMs, careful } = this.store.takeFigures();
        this.options.observer.committed(this.service, { ...commit, careful, laneWaitSeconds: waitedMs / 1000 });
      },
    });
  }

  private grown(): void {
    this.options.signal.grown(this.service);
    this.notice.tell();
  }

  /** Where lanes are all ours, nobody else follows the log; without a broker everybody does. */
  private growthNotice(): GrowthNotice {
    const { options, database, service, leases } = this;
    return new GrowthNotice({
      pool: database.relaxed,
      service,
      owner: options.owner,
      isShared: () => !this.relay || leases.isShared(),
      onGrown: (source) => options.signal.grown(source, true),
    });
  }

  private newRelay(publisher: KafkaClient): Relay {
    const { options, service, leases } = this;
    return new Relay({
      store: this.store,
      publisher,
      topic: topicOf(options.namespace, service),
      onSent: (work) => options.observer.sent(service, work),
      naming: options,
      watermarks: this.consumers.watermarks,
      leases,
      signal: options.signal,
      checkpoints: this.consumers.lazy,
      onError: (error) => options.observer.failed(service, 'The relay to Kafka cannot send; events wait in the log', error),
    });
  }
}

function kafkaClient({ brokers, namespace, observer }: EventSourcingOptions, service: string): KafkaClient {
  return new KafkaClient({
    brokers: [...brokers],
    clientId: `${namespace}.${service}`,
    log: (level, message) => observer.failed(service, `Kafka ${level}`, new Error(message)),
  });
}
