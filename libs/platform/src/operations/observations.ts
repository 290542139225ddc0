import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter, Histogram } from 'prom-client';
import { isUnavailable, type Commit, type Observer, type RebuildOutcome, type Work } from '#libs/eventsourcing';
import type { Refusal } from '#libs/eventsourcing/vocabulary';
import { AskedFigures, type Watched } from './asked-figures';
import { LOGGER } from './log';
import { Metrics } from './metrics';

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
  private readonly careful = this.counter(
    'retail_careful_appends_total',
    'Batches written a second time, because a unique key found something of them in the log',
  );
  private readonly commandsTogether = this.histogram('retail_batch_commands', 'Commands decided in one batch', BATCH_SIZES);
  private readonly batchSize = this.histogram('retail_batch_events', 'Events written in one batch', BATCH_SIZES);
  private readonly appendTime = this.histogram('retail_append_seconds', 'How long the database took to write a batch', SECONDS);
  private readonly laneWait = this.histogram(
    'retail_lane_wait_seconds',
    'How long a batch waited for lanes that another instance was writing',
    SECONDS,
  );
  private readonly sendSize = this.histogram('retail_relay_send_events', 'Events that the relay sent at once', BATCH_SIZES);
  private readonly sendTime = this.histogram('retail_relay_send_seconds', 'How long the bus took for a send', SECONDS);
  private readonly roundSize = this.histogram('retail_view_round_events', 'Events that views took in at once', BATCH_SIZES);
  private readonly roundTime = this.histogram('retail_view_round_seconds', 'How long views took to take them in', SECONDS);
  private readonly delay = this.histogram(
    'retail_consumer_delay_seconds',
    'Time from the recording of an event until every view and process of a service has taken it in',
    SECONDS,
    ['source'],
  );
  private readonly rebuilds = this.counter('retail_rebuilds_total', 'Views that were made again', ['view', 'outcome']);
  private readonly faultsSeen = this.counter('retail_faults_total', 'What went wrong inside and is tried again');
  private readonly asked: AskedFigures;
  /** When a fault may be logged again, and how often it came in between. */
  private readonly faults = new Map<string, { quietUntil: number; repeated: number }>();

  constructor(
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.asked = new AskedFigures(metrics.registry);
  }

  /** Shows what a service says of itself whenever the figures are asked for. */
  watch(service: string, watched: Watched): void {
    this.asked.watch(service, watched);
  }

  committed(service: string, { commands, events, conflicts, careful, seconds, laneWaitSeconds }: Commit): void {
    this.careful.labels(service).inc(careful);
    this.commandsTogether.labels(service).observe(commands + conflicts);
    this.commands.labels(service).inc(commands);
    this.events.labels(service).inc(events);
    this.conflicts.labels(service).inc(conflicts);
    this.batchSize.labels(service).observe(events);
    this.appendTime.labels(service).observe(seconds);
    this.laneWait.labels(service).observe(laneWaitSeconds);
  }

  sent(service: string, { events, seconds }: Work): void {
    this.sendSize.labels(service).observe(events);
    this.sendTime.labels(service).observe(seconds);
  }

  folded(service: string, { events, seconds }: Work): void {
    this.roundSize.labels(service).observe(events);
    this.roundTime.labels(service).observe(seconds);
  }

  tookIn(service: string, source: string, delaySeconds: number): void {
    this.delay.labels(service, source).observe(delaySeconds);
  }

  rebuilt(service: string, view: string, outcome: RebuildOutcome): void {
    this.rebuilds.labels(service, view, outcome).inc();
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
    this.faultsSeen.labels(service).inc();
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

  private histogram(name: string, help: string, buckets: number[], labels: string[] = []): Histogram {
    return new Histogram({ name, help, labelNames: ['service', ...labels], buckets, registers: [this.metrics.registry] });
  }

  private counter(name: string, help: string, labels: string[] = []): Counter {
    return new Counter({ name, help, labelNames: ['service', ...labels], registers: [this.metrics.registry] });
  }
}
