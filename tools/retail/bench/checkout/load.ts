import { serveLoad } from '../frame/load-process';
import { closedLoop } from '../frame/loops';
import { Wire } from '../frame/wire';
import { orderText, seeded } from './orders';

/** What the load generator is told to do. */
export interface LoadOrder {
  url: string;
  seconds: number;
  concurrency: number;
  seed: number;
}

/** What came of it. */
export interface LoadReport {
  confirmed: number;
  /** Orders that were only followed until they could be seen. */
  followed: number;
  /** Answers that are not as they should be, each with how often it came. */
  faults: Record<string, number>;
  /** In the steady part of the run: when the first orders are through, and before the last ones are alone. */
  ordersPerSecond: number;
  /** From the request to the answer "confirmed", in milliseconds. */
  latencies: number[];
  /** From the answer "accepted" to the order in the unified view. */
  viewLags: number[];
}

/** One order in so many is not waited for until it is confirmed, but until it can be seen. */
const ONE_IN = 64;
const WAIT = 'prefer: wait=20\r\n';
/** The first part of a run, in which everybody begins at the same moment, says little of the speed. */
const RAMP = 0.2;

interface Placed {
  id: string;
  status: string;
  position: string;
}

/** Customers at work: each places its next order when the one before is confirmed. */
class Load {
  private readonly random: () => number;
  private readonly idle: Wire[];
  private placed = 0;
  readonly report: LoadReport = { confirmed: 0, followed: 0, faults: {}, ordersPerSecond: 0, latencies: [], viewLags: [] };

  constructor(private readonly order: LoadOrder) {
    this.random = seeded(order.seed);
    this.idle = Array.from({ length: order.concurrency }, () => new Wire(new URL(order.url)));
  }

  async run(): Promise<LoadReport> {
    const { concurrency, seconds } = this.order;
    const began = performance.now();
    const steady = { from: began + RAMP * seconds * 1000, to: began + seconds * 1000 };
    let inSteady = 0;
    await closedLoop(concurrency, seconds, async () => {
      await this.next();
      const now = performance.now();
      if (now >= steady.from && now <= steady.to) inSteady++;
    });
    this.report.ordersPerSecond = inSteady / ((1 - RAMP) * seconds);
    this.idle.forEach((wire) => wire.close());
    return this.report;
  }

  private async next(): Promise<void> {
    const wire = this.idle.pop();
    if (!wire) throw new Error('More orders are under way than there are connections.');
    await (this.placed++ % ONE_IN === 0 ? this.follow(wire) : this.buy(wire));
    this.idle.push(wire);
  }

  private async buy(wire: Wire): Promise<void> {
    const began = performance.now();
    const { status, body } = await wire.ask('POST', '/storefront/orders', this.headers(WAIT), orderText(this.random));
    const placed = status === 201 ? (JSON.parse(body) as Placed) : undefined;
    if (placed?.status !== 'confirmed') return this.fault(`${status} ${placed?.status ?? body.slice(0, 200)}`);
    this.report.confirmed++;
    this.report.latencies.push(performance.now() - began);
  }

  /** One read that brings the position of the write: the service answers when its views have it. Nobody polls. */
  private async follow(wire: Wire): Promise<void> {
    const { status, body } = await wire.ask('POST', '/storefront/orders', this.headers(''), orderText(this.random));
    const accepted = performance.now();
    if (status !== 201) return this.fault(`${status} ${body.slice(0, 200)}`);
    const { id, position } = JSON.parse(body) as Placed;
    this.report.followed++;
    const seen = await wire.ask('GET', `/unified-view/orders/${id}`, `after-position: ${position}\r\n`);
    if (seen.status !== 200) return this.fault(`${seen.status} for an order that was accepted: ${seen.body.slice(0, 200)}`);
    this.report.viewLags.push(performance.now() - accepted);
  }

  private headers(more: string): string {
    return `idempotency-key: ${crypto.randomUUID()}\r\n${more}`;
  }

  private fault(what: string): void {
    this.report.faults[what] = (this.report.faults[what] ?? 0) + 1;
  }
}

serveLoad((order: LoadOrder) => new Load(order).run());
