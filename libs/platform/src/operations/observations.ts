import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter, Gauge, Histogram } from 'prom-client';
import { isUnavailable, type Commit, type Lag, type Observer } from '#libs/eventsourcing';
import type { Refusal } from '#libs/eventsourcing/vocabulary';
import { LOGGER } from './log';
import { Metrics } from './metrics';

/** What a service says of itself when it is asked. */
interface Watched {
  /** How many events are parked, by consumer. */
  parked(): Promise<ReadonlyMap<string, number>>;
  /** How far consumers are behind. */
  lag(): Promise<Lag[]>;
}

const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const QUIET_MS = 10_000;

/** Counts what happens inside the services and logs what goes wrong there. */
@Injectable()
export class Observations implements Observer {
  private readonly commands = this.counter('retail_commands_total', 'Commands carried out');
  private readonly events = this.counter('retail_events_total', 'Events written to the log');
  private readonly conflicts = this.counter(
    'retail_conflicts_total',
    'Commands decided again because others moved their streams',
  );
  private readonly absorbedEvents = this.counter('retail_events_absorbed_total', 'Events that came again and were dropped', [
    'source',
  ]);
  private readonly holes = this.counter('retail_events_refilled_total', 'Events that the bus lost, fetched from the log', [
    'source',
  ]);
  private readonly parkings = this.counter('retail_events_parked_total', 'Events that a consumer cannot take in', ['consumer']);
  private readonly batchSize = this.histogram('retail_batch_events', 'Events written in one batch', BATCH_SIZES);
  private readonly appendTime = this.histogram('retail_append_seconds', 'How long the database took to write a batch', SECONDS);
  private readonly laneWait = this.histogram(
    'retail_lane_wait_seconds',
    'How long a batch waited for lanes that another instance was writing',
    SECONDS,
  );
  private readonly sendSize = this.histogram('retail_relay_send_events', 'Events that the relay sent at once', BATCH_SIZES);
  private readonly watched = new Map<string, Watched>();
  /** When a fault may be logged again, and how often it came in between. */
  private readonly faults = new Map<string, { quietUntil: number; repeated: number }>();

  constructor(
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.showParked();
    this.showLag();
  }

  /** Shows what a service says of itself whenever the figures are asked for. */
  watch(service: string, watched: Watched): void {
    this.watched.set(service, watched);
  }

  committed(service: string, { commands, events, conflicts, seconds, laneWaitSeconds }: Commit): void {
    this.commands.labels(service).inc(commands);
    this.events.labels(service).inc(events);
    this.conflicts.labels(service).inc(conflicts);
    this.batchSize.labels(service).observe(events);
    this.appendTime.labels(service).observe(seconds);
    this.laneWait.labels(service).observe(laneWaitSeconds);
  }

  sent(service: string, events: number): void {
    this.sendSize.labels(service).observe(events);
  }

  absorbed(service: string, source: string, events: number): void {
    this.absorbedEvents.labels(service, source).inc(events);
  }

  hole(service: string, source: string, lane: number, missing: number): void {
    this.holes.labels(service, source).inc(missing);
    this.logger.warn({ service, source, lane, missing }, 'The bus lost events; they come from the log of their owner');
  }

  parked(service: string, consumer: string, error: string): void {
    this.parkings.labels(service, consumer).inc();
    const remedy = 'Mend the cause, then: npm run -s retail -- parked retry';
    this.logger.error({ service, consumer, error, remedy }, 'An event cannot be taken in and is parked');
  }

  refused(service: string, what: string, { code, detail }: Refusal): void {
    this.logger.info({ service, what, code, detail }, 'A command that was due was refused; there is nothing to do');
  }

  /** A fault that goes on comes many times a second: it is logged at once, and then every ten seconds with its number. */
  failed(service: string, what: string, error: unknown): void {
    const now = performance.now();
    const before = this.faults.get(`${service}/${what}`);
    if (before && now < before.quietUntil) {
      before.repeated++;
      return;
    }
    this.faults.set(`${service}/${what}`, { quietUntil: now + QUIET_MS, repeated: 0 });
    const repeated = before?.repeated ?? 0;
    const remedy = isUnavailable(error) ? 'Bring back what does not answer; work goes on by itself then.' : undefined;
    this.logger.warn({ service, err: error, ...(repeated > 0 && { repeated }), ...(remedy && { remedy }) }, what);
  }

  private showParked(): void {
    const { watched } = this;
    new Gauge({
      name: 'retail_parked_events',
      help: 'Events that wait for an operator, or behind one that does',
      labelNames: ['service', 'consumer'],
      registers: [this.metrics.registry],
      async collect() {
        this.reset();
        for (const [service, one] of watched) {
          // A database that is away shows in /health; the other figures are wanted all the more then.
          const counts = await one.parked().catch(() => new Map<string, number>());
          for (const [consumer, count] of counts) this.labels(service, consumer).set(count);
        }
      },
    });
  }

  private showLag(): void {
    const { watched } = this;
    new Gauge({
      name: 'retail_consumer_lag_events',
      help: 'How many events a consumer is behind the log that it reads',
      labelNames: ['service', 'consumer', 'source'],
      registers: [this.metrics.registry],
      async collect() {
        this.reset();
        for (const [service, one] of watched) {
          const lags = await one.lag().catch(() => []);
          for (const { consumer, source, events } of lags) this.labels(service, consumer, source).set(events);
        }
      },
    });
  }

  private histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name, help, labelNames: ['service'], buckets, registers: [this.metrics.registry] });
  }

  private counter(name: string, help: string, labels: string[] = []): Counter {
    return new Counter({ name, help, labelNames: ['service', ...labels], registers: [this.metrics.registry] });
  }
}
