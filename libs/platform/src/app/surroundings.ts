import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';
import { EVENT_TYPES } from '#libs/contracts';
import { Evolution, LogSignal, type CommandRequest, type EventSourcingOptions, type ServiceHandle } from '#libs/eventsourcing';
import { scopeRequired } from '../auth/authorize';
import { hasScope } from '../auth/caller';
import { serviceToken } from '../auth/tokens';
import { CONFIG, type Config } from '../config/config';
import { Observations } from '../operations/observations';
import { writeRequest } from '../http/write';
import { Clock } from './clock';
import { RunningServices } from './running-services';

/** What it takes to decide on parked events. */
const OPERATE = 'operator:write';

/** What every service of this process is surrounded by, from the configuration. */
@Injectable()
export class Surroundings implements EventSourcingOptions {
  readonly databaseUrl: string;
  readonly bus: 'kafka' | 'postgres';
  readonly brokers: readonly string[];
  readonly consumers: 'per-process' | 'per-service';
  readonly lanes: number;
  readonly namespace: string;
  readonly owner: string;
  readonly evolution = new Evolution(EVENT_TYPES);
  readonly signal = new LogSignal();
  readonly observer: Observations;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly services: RunningServices,
    private readonly http: HttpAdapterHost,
    private readonly clock: Clock,
  ) {
    this.observer = services.observations;
    this.databaseUrl = config.databaseUrl;
    this.bus = config.bus;
    this.brokers = config.kafkaBrokers;
    this.consumers = config.kafkaConsumers;
    this.lanes = config.lanes;
    this.namespace = config.namespace;
    this.owner = config.instance;
  }

  /** A service without an address of its own is in this process. */
  urlOf(source: string): string {
    const urls: Readonly<Record<string, string>> = this.config.serviceUrls;
    return urls[source] ?? this.config.servicesUrl ?? this.ownUrl();
  }

  token(): string | undefined {
    return serviceToken(this.config);
  }

  operator(request: object): CommandRequest {
    if (!hasScope(request as FastifyRequest, OPERATE)) throw scopeRequired(OPERATE);
    return writeRequest(request as FastifyRequest, this.clock.now());
  }

  started(handle: ServiceHandle): void {
    this.services.started(handle);
  }

  private ownUrl(): string {
    const address = (this.http.httpAdapter.getHttpServer() as { address(): AddressInfo | null }).address();
    return `http://127.0.0.1:${address?.port ?? this.config.port}`;
  }
}
