import { atRest, type Heads } from '../../system/at-rest';
import type { Setting } from '../frame/bench';
import { spenders, spentBetween, type Part } from '../frame/cpu';
import type { LoadProcess } from '../frame/load-process';
import { percentile, type Numbers } from '../frame/statistics';
import type { WholeSystem } from '../frame/whole-system';
import type { LoadOrder, LoadReport } from './load';
import type { Profile, Profiler } from './profile/profiler';

const PATIENCE_MS = 60_000;

/** What takes part in every run. */
export interface Parts extends WholeSystem {
  load: LoadProcess<LoadOrder, LoadReport>;
}

/** Which run this is, for people and for the seed, and how long it takes orders. */
export interface Run {
  name: string;
  seed: number;
  seconds: number;
}

/** Runs of one system, one after the other. */
export class Trial {
  readonly faults: string[] = [];

  constructor(
    private readonly setting: Setting,
    private readonly parts: Parts,
  ) {}

  /** From the first order until nothing is on its way any more. */
  async run(run: Run): Promise<Numbers> {
    const { system, api } = this.parts;
    const { heads } = await atRest(api, PATIENCE_MS);
    const before = spenders(system.pid);
    const { report, orders, grown } = await this.load(run, heads);
    const spent = spentBetween(before, spenders(system.pid));
    const found = { ...speed(report), ...perOrder(spent, orders), eventsPerOrder: grown / orders };
    this.tell(run, found);
    return found;
  }

  /** The same with a profiler on, whose own work is in the times. */
  async profiled(run: Run, profiler: Profiler): Promise<Profile> {
    const { system, api } = this.parts;
    const { heads } = await atRest(api, PATIENCE_MS);
    await profiler.start(system);
    const { orders } = await this.load(run, heads);
    return profiler.stop(system, orders);
  }

  private async load({ seed, seconds }: Run, before: Heads): Promise<{ report: LoadReport; orders: number; grown: number }> {
    const { system, api, load } = this.parts;
    const report = await load.run({ url: system.url, seconds, concurrency: this.setting.concurrency, seed });
    const { busy, heads } = await atRest(api, PATIENCE_MS);
    this.faults.push(...busy, ...faultsOf(report));
    return { report, orders: report.confirmed + report.followed, grown: last(heads) - last(before) };
  }

  private tell({ name }: Run, { ordersPerSecond = 0, cpuMsPerOrder = 0, p99Ms = 0, viewLagP99Ms = 0 }: Numbers): void {
    const times = `p99 ${Math.round(p99Ms)} ms, seen after ${Math.round(viewLagP99Ms)} ms (p99)`;
    this.setting.say(`${name}: ${Math.round(ordersPerSecond)} orders/s, ${cpuMsPerOrder.toFixed(2)} ms CPU each, ${times}`);
  }
}

function speed({ ordersPerSecond, latencies, viewLags }: LoadReport): Numbers {
  return {
    ordersPerSecond,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    viewLagP99Ms: percentile(viewLags, 0.99),
  };
}

function perOrder({ node, postgres, kafka }: Record<Part, number>, orders: number): Numbers {
  return {
    cpuMsPerOrder: (node + postgres + kafka) / orders,
    nodeMsPerOrder: node / orders,
    postgresMsPerOrder: postgres / orders,
    kafkaMsPerOrder: kafka / orders,
  };
}

/** How many events there are: positions are dense. */
function last(heads: Heads): number {
  return [...heads.values()].flat().reduce((total, position) => total + position, 0);
}

function faultsOf({ faults }: LoadReport): string[] {
  return Object.entries(faults).map(([what, times]) => `${times} orders were answered with ${what}`);
}
