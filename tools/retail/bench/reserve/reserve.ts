import { HoldNearby } from '../../../../apps/inventory/src/reservations/hold-nearby';
import type { Reservation } from '../../../../apps/inventory/src/reservations/reservation';
import { InventoryModule } from '../../../../apps/inventory/src/inventory.module';
import { ServiceRuntime } from '#libs/eventsourcing/parts';
import { createApp, listen, loadConfig } from '#libs/platform';
import { Api } from '../../system/api';
import { seeded, spot } from '../checkout/orders';
import type { Bench, Measured, Setting } from '../frame/bench';
import { closedLoop } from '../frame/loops';
import { percentile, type Numbers } from '../frame/statistics';
import { SHELVES_PER_SKU, skuOf, stockUp } from './shelves';

/**
 * Reservations as online orders make them: one unit of a random SKU, held at the nearest place that has it, all places considered.
 * Every SKU lies on five of the shelves. In this process and without HTTP, which `checkout` and `flash-sale` have; the log, its
 * durability, the group commit, the views and the sourcing are those of the service.
 */
export const reserve: Bench = {
  size: { seconds: 10, concurrency: 192, runs: 3, events: 0 },
  numbers: { skus: 100_000, locations: 50 },
  figures: [
    { name: 'reservationsPerSecond', unit: '/s', bound: { atLeast: 4000 }, aim: 10_000 },
    { name: 'p50Ms', unit: 'ms' },
    { name: 'p99Ms', unit: 'ms', bound: { atMost: 50 } },
    { name: 'shelves', unit: '' },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const { skus = 0 } = setting.numbers;
    const runtime = await openInventory(setting);
    const counter = new Counter(runtime, skus);
    await counter.run(setting, 'Warm-up', 0);
    const runs: Numbers[] = [];
    for (let n = 1; n <= setting.runs; n++) {
      const found = await counter.run(setting, `Run ${n} of ${setting.runs}`, n);
      runs.push({ ...found, shelves: skus * SHELVES_PER_SKU });
    }
    return { runs, faults: counter.faults() };
  },
};

async function openInventory(setting: Setting): Promise<ServiceRuntime> {
  const { scratch, say } = setting;
  const url = await scratch.postgres();
  const config = loadConfig({ DATABASE_URL: url, BUS: 'postgres', PORT: '0', INSTANCE: 'bench', LOG_LEVEL: 'error' });
  const app = await createApp(InventoryModule, config);
  scratch.onClose(() => app.close());
  const api = new Api({ url: await listen(app, config), connections: 8 });
  await stockUp(api, setting.numbers, say);
  api.close();
  return app.get(ServiceRuntime, { strict: false });
}

/** Takes reservations and keeps count of what became of them. */
class Counter {
  private readonly others = new Map<string, number>();

  constructor(
    private readonly runtime: ServiceRuntime,
    private readonly skus: number,
  ) {}

  async run({ concurrency, seconds, say }: Setting, name: string, seed: number): Promise<Numbers> {
    const random = seeded(seed);
    const latencies: number[] = [];
    const pace = await closedLoop(concurrency, seconds, async () => {
      const began = performance.now();
      await this.reserve(random);
      latencies.push(performance.now() - began);
    });
    const found = {
      reservationsPerSecond: pace.perSecond,
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
    };
    say(`${name}: ${Math.round(pace.perSecond)} reservations/s, p99 ${found.p99Ms.toFixed(1)} ms`);
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
