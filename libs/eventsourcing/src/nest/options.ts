import type { MigrationInterface } from 'typeorm';
import type { Provider, Type } from '@nestjs/common';
import type { Evolution } from '../evolution';
import type { LogSignal } from '../feed/log-signal';
import type { CommandBinding, CommandRequest } from '../run/command';
import type { Process, Refusal, View } from '../vocabulary';
import type { QueryBinding } from './bindings';

/** One service, as its module describes it. */
export interface ServiceDefinition {
  service: string;
  /** Absent for a read side, in whose log there is nothing but what operators did. */
  commands?: readonly CommandBinding[];
  // Row types differ per view.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  views?: readonly View<any>[];
  processes?: readonly Process[];
  queries?: readonly QueryBinding[];
  controllers?: readonly Type[];
  providers?: readonly Provider[];
  /** TypeORM migrations of the view tables, oldest first. */
  migrations?: readonly (new () => MigrationInterface)[];
}

/** What a running service shows of itself to the platform around it. */
export interface ServiceHandle {
  service: string;
  /** Whether everything up to a position token has been seen by the views and processes here; waits up to `timeoutMs`. */
  reached(token: string, timeoutMs: number): Promise<boolean>;
  /** Throws when the database does not answer. */
  checkDatabase(): Promise<void>;
  /** Throws when the broker does not answer; does nothing without one. */
  checkBus(): Promise<void>;
  /** How many events are parked, for each view and process that has any. */
  parked(): Promise<ReadonlyMap<string, number>>;
  /** How far its consumers are behind the logs that they read; a log that cannot be asked is left out. */
  lag(): Promise<Lag[]>;
  /** How many timers are due and not carried out yet, and how many wait for an operator. */
  timers(): Promise<{ due: number; parked: number }>;
}

/** How many events a consumer is behind a source, all lanes together. */
export interface Lag {
  consumer: string;
  source: string;
  events: number;
}

/** One batch that was written. */
export interface Commit {
  commands: number;
  events: number;
  /** Commands that were decided again because others had moved their streams. */
  conflicts: number;
  /** How often a batch was written a second time, with a look at everything, because a unique key had found something of it in the log. */
  careful: number;
  /** How long the database took, from the call to the answer, and how much of that it waited for lanes that others held. */
  seconds: number;
  laneWaitSeconds: number;
}

/** Events that were handled at once, and how long that took. */
export interface Work {
  events: number;
  seconds: number;
}

/** How a view was found when it was made again, or that it was not. */
export type RebuildOutcome = 'same' | 'different' | 'failed' | 'interrupted';

/** What happens inside, for whoever counts. */
export interface Observer {
  committed(service: string, commit: Commit): void;
  /** Events that a relay has brought to the bus in one send. */
  sent(service: string, work: Work): void;
  /** Events that the views of a service have taken in, in one transaction. */
  folded(service: string, work: Work): void;
  /** Every view and process of a service has taken in some events, so long after the last of them was recorded. */
  tookIn(service: string, source: string, delaySeconds: number): void;
  rebuilt(service: string, view: string, outcome: RebuildOutcome): void;
  absorbed(service: string, source: string, events: number): void;
  hole(service: string, source: string, lane: number, missing: number): void;
  parked(service: string, consumer: string, error: string): void;
  /** A command that nobody waits for was refused by its rule; there is nothing to do. */
  refused(service: string, what: string, refusal: Refusal): void;
  failed(service: string, what: string, error: unknown): void;
}

/** The surroundings of every service in this process: provided once, by whoever starts it. */
export abstract class EventSourcingOptions {
  abstract readonly databaseUrl: string;
  abstract readonly bus: 'kafka' | 'postgres';
  abstract readonly brokers: readonly string[];
  /**
   * Whether the services of this process read topics together, which costs a fraction, or each for itself, so that a further instance
   * of one of them, in a process of its own, gets a share of its lanes.
   */
  abstract readonly consumers: 'per-process' | 'per-service';
  abstract readonly lanes: number;
  /** First part of topics, groups and event types: `retail` in `retail.storefront.v1`. */
  abstract readonly namespace: string;
  /** Names this instance; the same after a restart. */
  abstract readonly owner: string;
  /** How events of earlier versions are read, and in which version each type is written. */
  abstract readonly evolution: Evolution;
  abstract readonly signal: LogSignal;
  abstract readonly observer: Observer;
  /** Where another service's public API is. */
  abstract urlOf(source: string): string;
  /** A bearer token for other services, where access is not open. */
  abstract token(): string | undefined;
  /**
   * What comes with a write of an operator, read from a request as the HTTP framework hands it over; throws when the caller may not
   * operate this system.
   */
  abstract operator(request: object): CommandRequest;
  /** Told when a service is up. */
  abstract started(handle: ServiceHandle): void;
}
