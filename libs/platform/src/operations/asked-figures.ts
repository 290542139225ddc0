import { Gauge, type Registry } from 'prom-client';
import type { ServiceHandle } from '#libs/eventsourcing';

/** What a service says of itself when it is asked. */
export type Watched = Pick<ServiceHandle, 'parked' | 'lag' | 'timers'>;

/** Values of the labels after `service`, and the figure. */
type Row = [labels: string[], value: number];

/** A scrape is given up after ten seconds as a rule; what is not known by then is left out long before. */
const TIMEOUT_MS = 1000;

/** Figures that the services are asked for whenever somebody looks at them. */
export class AskedFigures {
  private readonly watched = new Map<string, Watched>();

  constructor(private readonly registry: Registry) {
    this.show(
      'retail_parked_events',
      'Events that wait for an operator, or behind one that does',
      ['consumer'],
      async (service) => [...(await service.parked())].map(([consumer, count]): Row => [[consumer], count]),
    );
    this.show('retail_consumer_lag_events', 'Events that a consumer is behind a log', ['consumer', 'source'], async (service) =>
      (await service.lag()).map(({ consumer, source, events }): Row => [[consumer, source], events]),
    );
    this.show('retail_timers_due', 'Timers whose time has come and whose command is not carried out yet', [], async (service) => [
      [[], (await service.timers()).due],
    ]);
    this.show('retail_parked_timers', 'Timers that wait for an operator', [], async (service) => [
      [[], (await service.timers()).parked],
    ]);
  }

  watch(service: string, watched: Watched): void {
    this.watched.set(service, watched);
  }

  private show(name: string, help: string, labels: string[], ask: (service: Watched) => Promise<Row[]>): void {
    const { watched, registry } = this;
    new Gauge({
      ...{ name, help, labelNames: ['service', ...labels], registers: [registry] },
      async collect() {
        const asked = [...watched].map(async ([service, one]) => (await inTime(ask(one))).map(rowOf(service)));
        const rows = (await Promise.all(asked)).flat();
        // In one step, for somebody else may be looking, too.
        this.reset();
        for (const [values, value] of rows) this.labels(...values).set(value);
      },
    });
  }
}

function rowOf(service: string): (row: Row) => Row {
  return ([labels, value]) => [[service, ...labels], value];
}

/** A database that is away shows in /health; the other figures are wanted all the more then. */
async function inTime(asked: Promise<Row[]>): Promise<Row[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Row[]>((resolve) => (timer = setTimeout(() => resolve([]), TIMEOUT_MS)));
  try {
    return await Promise.race([asked, late]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
