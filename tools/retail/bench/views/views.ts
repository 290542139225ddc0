import { setTimeout } from 'node:timers/promises';
import { MIGRATIONS } from '../../../../apps/unified-view/src/migrations/in-order';
import { orderBookView } from '../../../../apps/unified-view/src/orders/order-book.view';
import { stockView } from '../../../../apps/unified-view/src/stock/stock.view';
import { LOG_SERVICES, type LogService } from '#libs/contracts';
import type { EventSourcingOptions } from '#libs/eventsourcing';
import { openPool, schemaOf, ServiceRuntime } from '#libs/eventsourcing/parts';
import { forEachInFlight } from '../../replay/in-flight';
import type { Bench, Measured, Setting } from '../frame/bench';
import { pace, type Pace } from '../frame/loops';
import type { Numbers } from '../frame/statistics';
import { surroundings, Tally } from '../log/notes';
import { EVENTS_PER_ORDER, trade, Utter, utters } from './trade';

const SERVICE = 'unified-view';
const VIEWS = [stockView, orderBookView];
const FILLING_HANDS = 2000;
const LOOK_MS = 2;
const PATIENCE_MS = 300_000;

/**
 * How fast the unified view folds what the services have said into its rows of stock and of orders, from the beginning of their
 * logs, as it does after it was away. The logs themselves are the bus, so that no broker is measured.
 */
export const views: Bench = {
  size: { seconds: 0, concurrency: 1, runs: 5, events: 210_000 },
  figures: [{ name: 'eventsPerSecond', unit: '/s', bound: { atLeast: 20_000 }, aim: 50_000 }],
  async measure({ events, runs, scratch, say }: Setting): Promise<Measured> {
    const tally = new Tally();
    const options = surroundings(await scratch.postgres(), tally);
    const orders = Math.ceil(events / EVENTS_PER_ORDER);
    say(`Writing what is said of ${orders} orders …`);
    const heads = await writeTrade(options, orders);
    const found: Numbers[] = [];
    const faults: string[] = [];
    for (let n = 0; n <= runs; n++) {
      const { perSecond } = await foldAll(options, heads);
      faults.push(...(await missingOrders(options, orders)));
      say(`${n === 0 ? 'Warm-up' : `Run ${n} of ${runs}`}: ${Math.round(perSecond)} events/s`);
      if (n > 0) found.push({ eventsPerSecond: perSecond });
    }
    return { runs: found, faults: [...tally.faults, ...faults] };
  },
};

type Heads = ReadonlyMap<LogService, readonly number[]>;

/** Every service's log, those that say nothing included; gives how far they go. */
async function writeTrade(options: EventSourcingOptions, orders: number): Promise<Heads> {
  const services = new Map<string, ServiceRuntime>();
  for (const service of LOG_SERVICES)
    services.set(service, await ServiceRuntime.open(options, { service, commands: [utters] }, none));
  const now = new Date().toISOString();
  await forEachInFlight(trade(orders, 1), FILLING_HANDS, async ({ service, category, id, events }) => {
    for (const event of events) {
      const request = { commandId: crypto.randomUUID(), by: 'bench', now };
      await services.get(service)?.run(Object.assign(new Utter(), { category, id, event }), request);
    }
  });
  const heads = new Map<LogService, number[]>();
  for (const service of LOG_SERVICES) heads.set(service, (await services.get(service)?.store.heads()) ?? []);
  await Promise.all([...services.values()].map((runtime) => runtime.stop()));
  return heads;
}

/** The views anew, from nothing to the end of every log. */
async function foldAll(options: EventSourcingOptions, heads: Heads): Promise<Pace> {
  const pool = openPool(options.databaseUrl, 1);
  await pool.query(`DROP SCHEMA IF EXISTS ${schemaOf(SERVICE)} CASCADE`);
  await pool.end();
  const definition = { service: SERVICE, views: VIEWS, migrations: MIGRATIONS };
  const runtime = await ServiceRuntime.open(options, definition, none);
  const total = VIEWS.flatMap(({ sources }) => sources).reduce((sum, source) => sum + lengthOf(heads, source), 0);
  const began = performance.now();
  try {
    await runtime.start();
    for (const deadline = began + PATIENCE_MS; !isThrough(runtime, heads); await setTimeout(LOOK_MS)) {
      if (performance.now() > deadline) throw new Error('The views do not come to the end of the logs.');
    }
    return pace(total, began);
  } finally {
    await runtime.stop();
  }
}

function lengthOf(heads: Heads, source: string): number {
  return (heads.get(source as LogService) ?? []).reduce((sum, position) => sum + position, 0);
}

function isThrough({ consumers }: ServiceRuntime, heads: Heads): boolean {
  return VIEWS.every(({ name, sources }) =>
    sources.every((source) =>
      (heads.get(source as LogService) ?? []).every((head, lane) => consumers.watermarks.of(name, source, lane) >= head),
    ),
  );
}

/** Fast is not enough: every order has to be in, confirmed and with its money and its parcel. */
async function missingOrders({ databaseUrl }: EventSourcingOptions, orders: number): Promise<string[]> {
  const pool = openPool(databaseUrl, 1);
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*) AS count FROM unified_view.order_book
     WHERE status = 'confirmed' AND payment = 'authorized' AND shipment = 'created'`,
  );
  await pool.end();
  const count = rows[0]?.count ?? 0;
  return count === orders ? [] : [`${count} of ${orders} orders are in the view as they should be`];
}

function none(): never {
  throw new Error('What is said here needs nothing from outside.');
}
