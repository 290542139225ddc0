import { Evolution } from '../evolution';
import { randomUUID } from 'node:crypto';
import { LogSignal } from '../feed/log-signal';
import type { EventSourcingOptions, Observer, ServiceHandle } from '../nest/options';
import type { CommandRequest } from '../run/command';

/** Surroundings for a service in a test: everything that goes wrong inside is kept in `faults`. */
export class TestOptions implements EventSourcingOptions {
  readonly consumers = 'per-process';
  readonly lanes = 8;
  readonly namespace = 'test';
  readonly owner = 'test';
  readonly evolution = new Evolution();
  readonly signal = new LogSignal();
  readonly faults: string[] = [];
  readonly handles: ServiceHandle[] = [];
  absorbed = 0;

  constructor(
    readonly databaseUrl: string,
    readonly bus: 'kafka' | 'postgres',
    readonly brokers: readonly string[] = [],
    private readonly url: () => string = () => 'http://127.0.0.1:1',
  ) {}

  readonly observer: Observer = {
    committed: () => undefined,
    sent: () => undefined,
    folded: () => undefined,
    tookIn: () => undefined,
    rebuilt: () => undefined,
    absorbed: (_service, _source, events) => (this.absorbed += events),
    hole: () => undefined,
    parked: (service, consumer, error) => this.faults.push(`${service} ${consumer}: ${error}`),
    refused: () => undefined,
    failed: (service, what, error) => this.faults.push(`${service} ${what}: ${String(error)}`),
  };

  urlOf(): string {
    return this.url();
  }

  token(): undefined {
    return undefined;
  }

  operator(): CommandRequest {
    return { commandId: randomUUID(), by: 'operator', now: '2026-01-02T03:04:05.678Z' };
  }

  started(handle: ServiceHandle): void {
    this.handles.push(handle);
  }
}
