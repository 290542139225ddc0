import type { Bench, Measured, Setting } from '../frame/bench';
import type { Numbers } from '../frame/statistics';
import { Counter, openInventory } from './counter';
import { RowLock } from './row-lock';

/**
 * Everybody wants the same SKU: reservations merged in the group commit, against the design that most shops have, a row that every
 * reservation updates in a transaction of its own. By turns, on the same server, with the same number under way.
 */
export const hotSku: Bench = {
  size: { seconds: 5, concurrency: 500, runs: 3, events: 0 },
  figures: [
    { name: 'reservationsPerSecond', unit: '/s', bound: { atLeast: 4000 } },
    { name: 'p99Ms', unit: 'ms' },
    { name: 'rowLockReservationsPerSecond', unit: '/s' },
    { name: 'rowLockP99Ms', unit: 'ms' },
    { name: 'ratio', unit: '', bound: { atLeast: 1 } },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const one = { ...setting, numbers: { skus: 1, locations: 5 } };
    const url = await setting.scratch.postgres();
    const counter = new Counter(await openInventory(one, url), 1);
    const rowLock = await RowLock.open(url);
    setting.scratch.onClose(() => rowLock.close());
    await counter.run(setting, 'Warm-up', 0);
    const runs: Numbers[] = [];
    for (let n = 1; n <= setting.runs; n++) {
      const merged = await counter.run(setting, `Run ${n} of ${setting.runs}, merged`, n);
      const locked = await rowLock.run(setting, `Run ${n} of ${setting.runs}, row lock`);
      runs.push({ ...merged, ...locked, ratio: (merged['reservationsPerSecond'] ?? 0) / locked.rowLockReservationsPerSecond });
    }
    return { runs, faults: counter.faults() };
  },
};
