import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter, Gauge } from 'prom-client';
import { isUnavailable, type Observer } from '#libs/eventsourcing';
import type { Refusal } from '#libs/eventsourcing/vocabulary';
import { LOGGER } from './log';
import { Metrics } from './metrics';

/** How many events of a service are parked, by consumer. */
type Parked = () => Promise<ReadonlyMap<string, number>>;

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
  private readonly parkedNow = new Map<string, Parked>();
  /** When a fault may be logged again, and how often it came in between. */
  private readonly faults = new Map<string, { quietUntil: number; repeated: number }>();

  constructor(
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.showParked();
  }

  /** Shows how many events of a service are parked whenever the figures are asked for. */
  watch(service: string, parked: Parked): void {
    this.parkedNow.set(service, parked);
  }

  committed(service: string, { commands, events, conflicts }: { commands: number; events: number; conflicts: number }): void {
    this.commands.labels(service).inc(commands);
    this.events.labels(service).inc(events);
    this.conflicts.labels(service).inc(conflicts);
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
    const { parkedNow } = this;
    new Gauge({
      name: 'retail_parked_events',
      help: 'Events that wait for an operator, or behind one that does',
      labelNames: ['service', 'consumer'],
      registers: [this.metrics.registry],
      async collect() {
        this.reset();
        for (const [service, parked] of parkedNow) {
          // A database that is away shows in /health; the other figures are wanted all the more then.
          const counts = await parked().catch(() => new Map<string, number>());
          for (const [consumer, count] of counts) this.labels(service, consumer).set(count);
        }
      },
    });
  }

  private counter(name: string, help: string, labels: string[] = []): Counter {
    return new Counter({ name, help, labelNames: ['service', ...labels], registers: [this.metrics.registry] });
  }
}
