import { bodyOf } from '../../system/problem';
import { atRest } from '../../system/at-rest';
import type { Bench, Measured, Setting } from '../frame/bench';
import { Instance } from '../frame/instance';
import { LoadProcess } from '../frame/load-process';
import { percentile, type Numbers } from '../frame/statistics';
import { prove, startWholeSystem, type WholeSystem } from '../frame/whole-system';
import type { SaleOrder, SaleReport } from './buyers';
import { SaleLedger } from './ledger';

const PATIENCE_MS = 60_000;
const WAREHOUSE = 'flash-dc';
/** An instance is killed when the sale has been on for so long. */
const KILL_AFTER_MS = 1000;

/**
 * Ten thousand people, each with a connection of their own, order the same hundred units in the same moment, through the whole
 * checkout. Each run sells another product. `--skus 3` sells a bundle of three, of which each buyer wants one; `--instances 2`
 * runs the inventory in two processes, and `--kill` kills the second one in the middle.
 */
export const flashSale: Bench = {
  size: { seconds: 1, concurrency: 1, runs: 3, events: 0 },
  numbers: { buyers: 10_000, stock: 100, skus: 1, instances: 1, kill: 0 },
  figures: [
    { name: 'sold', unit: '' },
    { name: 'refused', unit: '' },
    { name: 'oversold', unit: '', bound: { atMost: 0 } },
    { name: 'charged', unit: '' },
    { name: 'seconds', unit: 's', bound: { atMost: 20 }, aim: 8 },
    { name: 'p50Ms', unit: 'ms' },
    { name: 'p99Ms', unit: 'ms' },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const { instances = 1 } = setting.numbers;
    const whole = await startWholeSystem(setting, instances > 1 ? { KAFKA_CONSUMERS: 'per-service' } : {});
    const load = new LoadProcess<SaleOrder, SaleReport>('flash-sale/buyers');
    setting.scratch.onClose(() => load.stop());
    const sale = new Sale(setting, whole, load);
    await sale.setUp();
    const runs: Numbers[] = [];
    for (let n = 1; n <= setting.runs; n++) runs.push(await sale.run(n));
    const { verify, violations } = await prove(whole, setting);
    return { runs, faults: [...sale.faults, ...violations], also: { verify } };
  },
};

/** One sale after the other, each of something new. */
class Sale {
  readonly faults: string[] = [];
  private readonly ledger: SaleLedger;
  private others: Instance[] = [];

  constructor(
    private readonly setting: Setting,
    private readonly whole: WholeSystem,
    private readonly load: LoadProcess<SaleOrder, SaleReport>,
  ) {
    this.ledger = new SaleLedger(whole.api);
  }

  async setUp(): Promise<void> {
    const place = { name: WAREHOUSE, kind: 'warehouse', latitude: 30.25, longitude: 120.16 };
    await this.send('PUT', `/inventory/locations/${WAREHOUSE}`, place);
  }

  async run(n: number): Promise<Numbers> {
    const { buyers = 0, stock = 0, skus: kinds = 1, kill } = this.setting.numbers;
    const skus = Array.from({ length: kinds }, (_, kind) => `FLASH-${n}-${kind + 1}`);
    for (const sku of skus) await this.offer(sku, stock);
    await this.open();
    await this.ledger.since((await atRest(this.whole.api, PATIENCE_MS)).heads);
    const killing = kill ? setTimeout(() => this.others.pop()?.kill(), KILL_AFTER_MS) : undefined;
    const report = await this.load.run({ url: this.whole.system.url, buyers, skus });
    clearTimeout(killing);
    const { heads, busy } = await atRest(this.whole.api, PATIENCE_MS);
    const { promised, charged } = await this.ledger.since(heads);
    const found = { sold: report.sold.length, refused: report.refused, oversold: Math.max(0, promised - stock), charged };
    this.faults.push(...busy, ...faultsOf(report), ...wrong(found, this.setting.numbers));
    const times = { p50Ms: percentile(report.latencies, 0.5), p99Ms: percentile(report.latencies, 0.99) };
    this.setting.say(`Run ${n}: ${found.sold} sold, ${found.refused} refused in ${report.seconds.toFixed(1)} s`);
    return { ...found, seconds: report.seconds, ...times };
  }

  /** As many instances of the inventory as are wanted, all of them with lanes of their own. */
  private async open(): Promise<void> {
    const { instances = 1 } = this.setting.numbers;
    while (this.others.length < instances - 1) {
      this.others.push(await Instance.start(this.setting, this.whole, 'inventory'));
    }
  }

  private async offer(sku: string, stock: number): Promise<void> {
    await this.send('PUT', `/storefront/products/${sku}`, { name: sku, price: { amountMinor: 9900, currency: 'CNY' } });
    await this.send('POST', '/inventory/receipts', { location: WAREHOUSE, lines: [{ sku, quantity: stock }] });
  }

  private async send(method: 'PUT' | 'POST', path: string, body: object): Promise<void> {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    bodyOf(await this.whole.api.ask({ method, path, body, headers }));
  }
}

function faultsOf({ faults }: SaleReport): string[] {
  return Object.entries(faults).map(([what, times]) => `${times} buyers were answered with ${what}`);
}

/** Whoever can be served is, nobody else is, and who is served pays. */
function wrong({ sold, refused, charged }: Record<string, number>, { buyers = 0, stock = 0 }: Record<string, number>): string[] {
  const right = { sold: Math.min(buyers, stock), refused: Math.max(0, buyers - stock), charged: Math.min(buyers, stock) };
  const found = { sold, refused, charged };
  return Object.entries(right).flatMap(([what, count]) => {
    const other = found[what as keyof typeof right];
    return other === count ? [] : [`${count} should be ${what}, and ${other} are`];
  });
}
