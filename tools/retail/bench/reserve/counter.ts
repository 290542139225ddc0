import { HoldNearby } from '../../../../apps/inventory/src/reservations/hold-nearby';
import type { Reservation } from '../../../../apps/inventory/src/reservations/reservation';
import { InventoryModule } from '../../../../apps/inventory/src/inventory.module';
import { ServiceRuntime } from '#libs/eventsourcing/parts';
import { createApp, listen, loadConfig } from '#libs/platform';
import { Vault } from '#libs/privacy';
import { Api } from '../../system/api';
import { seeded, spot } from '../checkout/orders';
import type { Setting } from '../frame/bench';
import { spenders, spentBetween } from '../frame/cpu';
import { closedLoop } from '../frame/loops';
import type { Scratch } from '../frame/scratch';
import { percentile, type Numbers } from '../frame/statistics';
import { skuOf, stockUp } from './shelves';

/** The inventory service at work in this process, with goods on its shelves, on a database of its own. */
export async function openInventory({ scratch, say, numbers }: Setting, url: string): Promise<ServiceRuntime> {
  return (await openStocked(scratch, url, (api) => stockUp(api, numbers, say))).runtime;
}

/** The service with whatever is brought in. */
export async function openStocked(
  scratch: Scratch,
  url: string,
  bringIn: (api: Api) => Promise<void>,
): Promise<{ runtime: ServiceRuntime; vault: Vault }> {
  const config = loadConfig({ DATABASE_URL: url, BUS: 'postgres', PORT: '0', INSTANCE: 'bench', LOG_LEVEL: 'error' });
  const app = await createApp(InventoryModule, config);
  scratch.onClose(() => app.close());
  const api = new Api({ url: await listen(app, config), connections: 8 });
  await bringIn(api);
  api.close();
  const runtime = app.get(ServiceRuntime, { strict: false });
  await seen(runtime);
  await settle(runtime);
  return { runtime, vault: app.get(Vault, { strict: false }) };
}

const PATIENCE_MS = 60_000;

/** What has been brought in is found by what the availability view knows. */
async function seen(runtime: ServiceRuntime): Promise<void> {
  const { service } = runtime;
  const positions = (await runtime.store.heads()).map((position, lane) => `${lane}=${position}`);
  if (await runtime.reached(`${service}:${positions.join(',')}`, PATIENCE_MS)) return;
  throw new Error(`The views of ${service} were not there after ${PATIENCE_MS / 1000} s.`);
}

/**
 * What bringing so much in leaves behind for the database to do is done before anything is measured, as pgbench does it: a shop's
 * shelves are not filled a second before it opens. The files of the write-ahead log are used again from here on.
 */
async function settle({ database }: ServiceRuntime): Promise<void> {
  await database.log.query('VACUUM (ANALYZE)');
  await database.log.query('CHECKPOINT');
}

/** Takes reservations and keeps count of what became of them. */
export class Counter {
  private readonly others = new Map<string, number>();

  constructor(
    private readonly runtime: ServiceRuntime,
    private readonly skus: number,
  ) {}

  async run({ concurrency, seconds, say }: Setting, name: string, seed: number): Promise<Numbers> {
    const random = seeded(seed);
    const latencies: number[] = [];
    const before = spenders(process.pid);
    const pace = await closedLoop(concurrency, seconds, async () => {
      const began = performance.now();
      await this.reserve(random);
      latencies.push(performance.now() - began);
    });
    const { node, postgres } = spentBetween(before, spenders(process.pid));
    const found = {
      reservationsPerSecond: pace.perSecond,
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
      nodeMsPerReservation: node / latencies.length,
      postgresMsPerReservation: postgres / latencies.length,
    };
    say(
      `${name}: ${Math.round(pace.perSecond)} reservations/s, p99 ${found.p99Ms.toFixed(1)} ms, processor ${(found.nodeMsPerReservation + found.postgresMsPerReservation).toFixed(3)} ms each`,
    );
    return found;
  }

  private async reserve(random: () => number): Promise<void> {
    const lines = [{ sku: skuOf(Math.floor(random() * this.skus)), quantity: 1 }];
    const order = { orderId: crypto.randomUUID(), demand: 'online-order' as const, lines, deliverTo: spot(random) };
    const request = { commandId: crypto.randomUUID(), by: 'bench', now: new Date().toISOString() };
    const { state } = await this.runtime.run(Object.assign(new HoldNearby(), order), request);
    const { status } = state as Reservation;
    if (status !== 'held') this.others.set(status, (this.others.get(status) ?? 0) + 1);
  }

  faults(): string[] {
    return [...this.others].map(([status, times]) => `${times} reservations are ${status}, though there is enough of everything`);
  }
}
