import { setTimeout } from 'node:timers/promises';
import { serveLoad } from '../frame/load-process';
import { Wire, type Reply } from '../frame/wire';

/** What the buyers are told. */
export interface SaleOrder {
  url: string;
  buyers: number;
  /** One unit of each is what everybody wants. */
  skus: string[];
}

/** What became of them. */
export interface SaleReport {
  /** The ids of the orders that were confirmed. */
  sold: string[];
  refused: number;
  /** Answers that are neither, each with how often it came. */
  faults: Record<string, number>;
  /** From the moment at which all order until the last one knows. */
  seconds: number;
  /** How long each waited for the answer, in milliseconds. */
  latencies: number[];
}

/** So many open the door in one go: more would find a queue of the operating system full. */
const DOOR = 200;
const AGAIN_MS = 200;
const DECIDED = new Set(['confirmed', 'rejected']);
const PATIENCE_MS = 120_000;

interface Placed {
  id: string;
  status: string;
}

/** People who wait for the same moment, each with a connection, and then order the same. */
class Crowd {
  private readonly report: SaleReport = { sold: [], refused: 0, faults: {}, seconds: 0, latencies: [] };
  private readonly body: string;

  constructor(private readonly order: SaleOrder) {
    const lines = order.skus.map((sku) => ({ sku, quantity: 1 }));
    this.body = JSON.stringify({ currency: 'CNY', lines, deliverTo: { latitude: 30.25, longitude: 120.16 } }).slice(1);
  }

  async run(): Promise<SaleReport> {
    const wires: Wire[] = [];
    while (wires.length < this.order.buyers) {
      const some = Array.from({ length: Math.min(DOOR, this.order.buyers - wires.length) }, () => this.wire());
      await Promise.all(some.map((wire) => wire.ask('GET', `/storefront/products/${this.order.skus[0] ?? ''}`, '')));
      wires.push(...some);
    }
    const began = performance.now();
    await Promise.all(wires.map((wire, n) => this.buy(wire, n, began)));
    this.report.seconds = (performance.now() - began) / 1000;
    return this.report;
  }

  private wire(): Wire {
    return new Wire(new URL(this.order.url));
  }

  private async buy(wire: Wire, buyer: number, began: number): Promise<void> {
    const headers = `idempotency-key: ${crypto.randomUUID()}\r\nprefer: wait=30\r\n`;
    const body = `{"customer":"buyer-${buyer}",${this.body}`;
    const decided = await this.decided(() => wire.ask('POST', '/storefront/orders', headers, body), began);
    wire.close();
    this.report.latencies.push(performance.now() - began);
    if (typeof decided === 'string') this.report.faults[decided] = (this.report.faults[decided] ?? 0) + 1;
    else if (decided.status === 'confirmed') this.report.sold.push(decided.id);
    else this.report.refused++;
  }

  /** Asks until the order is confirmed or rejected, under the same key; gives what was answered where it is neither. */
  private async decided(ask: () => Promise<Reply>, began: number): Promise<Placed | string> {
    for (;;) {
      const reply = await ask();
      const placed = orderIn(reply);
      if (placed && DECIDED.has(placed.status)) return placed;
      const isPassing = placed !== undefined || reply.status === 503;
      if (!isPassing || performance.now() - began > PATIENCE_MS) return nameOf(reply);
      await setTimeout(AGAIN_MS);
    }
  }
}

/** 200 is for who asks again under the same key. */
function orderIn({ status, body }: Reply): Placed | undefined {
  return status >= 200 && status < 300 ? (JSON.parse(body) as Placed) : undefined;
}

/** The same for all who were answered alike. */
function nameOf({ status, body }: Reply): string {
  const { code, status: state } = JSON.parse(body || '{}') as { code?: string; status?: string };
  return [status, code ?? state].join(' ');
}

serveLoad((order: SaleOrder) => new Crowd(order).run());
