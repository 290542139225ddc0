import type { Bench, Measured, Setting } from '../frame/bench';
import type { Numbers } from '../frame/statistics';
import { Counter, openInventory } from './counter';
import { SHELVES_PER_SKU } from './shelves';

/**
 * Reservations as online orders make them: one unit of a random SKU, held at the nearest place that has it, all places considered.
 * Every SKU lies on five of the shelves. In this process and without HTTP, which `checkout` and `flash-sale` have; the log, its
 * durability, the group commit, the views and the sourcing are those of the service.
 */
export const reserve: Bench = {
  size: { seconds: 10, concurrency: 96, runs: 3, events: 0 },
  numbers: { skus: 100_000, locations: 50 },
  figures: [
    { name: 'reservationsPerSecond', unit: '/s', bound: { atLeast: 4000 }, aim: 10_000 },
    { name: 'p50Ms', unit: 'ms' },
    { name: 'p99Ms', unit: 'ms', bound: { atMost: 50 } },
    { name: 'nodeMsPerReservation', unit: 'ms' },
    { name: 'postgresMsPerReservation', unit: 'ms' },
    { name: 'shelves', unit: '' },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const { skus = 0 } = setting.numbers;
    const runtime = await openInventory(setting, await setting.scratch.postgres());
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
