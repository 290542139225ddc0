import {
  Inject,
  Injectable,
  type FactoryProvider,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Resolve } from '../run/command';
import { Streams } from '../run/streams';
import { RowsByKey } from '../store/rows-by-key';
import type { Progress } from './progress';
import { commandHandler, queryHandler } from './handlers';
import { consumersController, logController } from './log.http';
import { parkedController } from './parked.http';
import { rebuildController } from './rebuild.http';
import { EventSourcingOptions, type ServiceDefinition } from './options';
import { ServiceRuntime } from './service-runtime';

/** How far the consumers of this service are. */
@Injectable()
export class Consumers {
  constructor(@Inject(ServiceRuntime) private readonly runtime: ServiceRuntime) {}

  list(): Promise<Progress[]> {
    return this.runtime.consumers.progress();
  }

  /**
   * Waits until the views of this service have everything that its own log held when it was asked: for a rule that must
   * not take the absence of a row for the absence of the thing. False when `timeoutMs` was not enough.
   */
  async caughtUp(timeoutMs: number): Promise<boolean> {
    const heads = await this.runtime.store.heads();
    const positions = heads.map((position, lane) => `${lane}=${position}`).join(',');
    return this.runtime.reached(`${this.runtime.service}:${positions}`, timeoutMs);
  }
}

/** The services at work in this process, by their surroundings. */
const atWork = new WeakMap<EventSourcingOptions, Set<ServiceRuntime>>();

/** Starts a service's consumers when everything is wired, and stops them after the last request. */
@Injectable()
class Lifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(ServiceRuntime) private readonly runtime: ServiceRuntime) {}

  onApplicationBootstrap(): Promise<void> {
    const { options } = this.runtime;
    atWork.set(options, (atWork.get(options) ?? new Set()).add(this.runtime));
    return this.runtime.start();
  }

  /** Nest stops one module after the other, and a broker takes a second to let a consumer go; so the first stops all. */
  async onApplicationShutdown(): Promise<void> {
    const all = atWork.get(this.runtime.options) ?? [];
    atWork.delete(this.runtime.options);
    await Promise.all([this.runtime, ...all].map((runtime) => runtime.stop()));
  }
}

/**
 * The wiring of a service, from what its module says of it: command and query handlers, log, views, processes, relay, and the
 * routes that every service has. `EventSourcingOptions` must be provided globally.
 */
export function eventSourced(definition: ServiceDefinition): ModuleMetadata {
  const { service, commands, queries = [], controllers = [], providers = [] } = definition;
  return {
    imports: [CqrsModule],
    controllers: [...routesOf(service), ...controllers],
    providers: [
      {
        provide: ServiceRuntime,
        inject: [EventSourcingOptions, ModuleRef],
        useFactory: (options: EventSourcingOptions, ref: ModuleRef) => ServiceRuntime.open(options, definition, resolver(ref)),
      },
      partOf(Streams, ({ streams }) => streams),
      partOf(DataSource, ({ database }) => database.source),
      partOf(RowsByKey, ({ database }) => new RowsByKey(database.relaxed)),
      Consumers,
      Lifecycle,
      ...(commands ?? []).map(commandHandler),
      ...queries.map(queryHandler),
      ...providers,
    ],
  };
}

/** What a service's own providers may use of it. */
function partOf<T>(provide: Type<T>, of: (runtime: ServiceRuntime) => T): FactoryProvider<T> {
  return { provide, inject: [ServiceRuntime], useFactory: of };
}

/** What every service can be asked and told besides its own business. */
function routesOf(service: string): Type[] {
  return [logController(service), consumersController(service), parkedController(service), rebuildController(service)];
}

/** Remembers what it found: commands ask for the same things over and over, and a look outside the module costs an exception. */
function resolver(ref: ModuleRef): Resolve {
  const found = new Map<unknown, unknown>();
  const resolve = (token: unknown): unknown => {
    if (!found.has(token)) found.set(token, find(ref, token));
    return found.get(token);
  };
  return resolve as Resolve;
}

/** The service's own providers first; what is global (the query bus) is found as well. */
function find(ref: ModuleRef, token: unknown): unknown {
  try {
    return ref.get(token as never, { strict: true });
  } catch {
    return ref.get(token as never, { strict: false });
  }
}
