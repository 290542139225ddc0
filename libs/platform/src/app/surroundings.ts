import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import { EVENT_TYPES } from '#libs/contracts';
import { Evolution, LogSignal, type EventSourcingOptions, type ServiceHandle } from '#libs/eventsourcing';
import { serviceToken } from '../auth/tokens';
import { CONFIG, type Config } from '../config/config';
import { Observations } from '../operations/observations';
import { RunningServices } from './running-services';

/** What every service of this process is surrounded by, from the configuration. */
@Injectable()
export class Surroundings implements EventSourcingOptions {
  readonly databaseUrl: string;
  readonly bus: 'kafka' | 'postgres';
  readonly brokers: readonly string[];
  readonly lanes: number;
  readonly namespace: string;
  readonly owner: string;
  readonly evolution = new Evolution(EVENT_TYPES);
  readonly signal = new LogSignal();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    readonly observer: Observations,
    private readonly services: RunningServices,
    private readonly http: HttpAdapterHost,
  ) {
    this.databaseUrl = config.databaseUrl;
    this.bus = config.bus;
    this.brokers = config.kafkaBrokers;
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

  started(handle: ServiceHandle): void {
    this.services.started(handle);
  }

  private ownUrl(): string {
    const address = (this.http.httpAdapter.getHttpServer() as { address(): AddressInfo | null }).address();
    return `http://127.0.0.1:${address?.port ?? this.config.port}`;
  }
}
