import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Global, Module, type Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { EventSourcingOptions, type Outcome } from '#libs/eventsourcing';
import type { ServiceRuntime } from '#libs/eventsourcing/parts';
import { TestOptions } from '#libs/eventsourcing/testing';
import { ArchiveModule, BeginNote, NotebookModule, WriteLine } from './notebook';
import type { Mishap } from './mishap';
import { tally } from './tally';

/** Where an instance lives. As JSON it is handed to one in another process. */
export interface Place {
  databaseUrl: string;
  bus?: 'kafka' | 'postgres';
  brokers?: readonly string[];
  /** Names topics and groups. */
  namespace?: string;
  owner?: string;
  /** Both, unless named. */
  services?: readonly ('notebook' | 'archive')[];
  /** Where the other service is; here, unless said otherwise. */
  url?: string;
}

/** A line to be written, and the id under which it is asked for again when no answer comes. */
export interface Line {
  commandId: string;
  note: string;
  line: number;
  mishap?: Mishap;
}

const MODULES: Record<string, Type> = { notebook: NotebookModule, archive: ArchiveModule };
const NOW = '2026-01-02T03:04:05.678Z';

/** One instance of the notebook and its archive at work: the library as a service runs it, with pools, relay and consumers of its own. */
export class Instance {
  private constructor(
    private readonly app: NestFastifyApplication,
    readonly options: TestOptions,
  ) {}

  static async open(place: Place): Promise<Instance> {
    const { databaseUrl, bus = 'postgres', brokers = [], services = ['notebook', 'archive'] } = place;
    const urls: { own?: () => string } = {};
    const options = new TestOptions(databaseUrl, bus, brokers, () => place.url ?? urls.own?.() ?? '');
    Object.assign(options, { namespace: place.namespace ?? 'faults', owner: place.owner ?? randomUUID() });
    class Surroundings {}
    Global()(Surroundings);
    Module({ providers: [{ provide: EventSourcingOptions, useValue: options }], exports: [EventSourcingOptions] })(Surroundings);
    const imports = [Surroundings, ...services.map((service) => MODULES[service] ?? NotebookModule)];
    const testing = await Test.createTestingModule({ imports }).compile();
    const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ forceCloseConnections: true }), {
      logger: false,
    });
    const instance = new Instance(app, options);
    urls.own = () => instance.url;
    await app.listen(0, '127.0.0.1');
    return instance;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.app.getHttpServer().address() as AddressInfo).port}`;
  }

  runtime(service: 'notebook' | 'archive'): ServiceRuntime {
    const found = this.options.handles.find((handle) => handle.service === service);
    if (!found) throw new Error(`This instance does not run ${service}.`);
    return found as unknown as ServiceRuntime;
  }

  /** Resolves when the line is acknowledged. */
  write({ commandId, ...line }: Line): Promise<Outcome> {
    tally('lines');
    return this.runtime('notebook').run(Object.assign(new WriteLine(), line), { commandId, by: 'writer', now: NOW });
  }

  begin(note: string, by: string): Promise<Outcome> {
    const command = Object.assign(new BeginNote(), { note, by });
    return this.runtime('notebook').run(command, { commandId: randomUUID(), by, now: NOW });
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}
