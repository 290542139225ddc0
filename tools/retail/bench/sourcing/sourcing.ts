import type { GeoPoint, Sealed } from '#libs/contracts';
import type { ServiceRuntime } from '#libs/eventsourcing/parts';
import type { Vault } from '#libs/privacy';
import { AllocateOrder } from '../../../../apps/inventory/src/reservations/allocate-order';
import { HoldNearby } from '../../../../apps/inventory/src/reservations/hold-nearby';
import type { Reservation } from '../../../../apps/inventory/src/reservations/reservation';
import { FIRST_RULE } from '../../../../apps/inventory/src/sourcing/sourcing-rule';
import type { Bench, Measured, Setting } from '../frame/bench';
import { countedLoop } from '../frame/loops';
import { percentile, type Numbers } from '../frame/statistics';
import { openStocked } from '../reserve/counter';
import { Country, type Wish } from './country';

/**
 * Online orders of up to three SKUs from all over a country, each held at the best of a thousand places; as the service does it, with
 * the way to the customer sealed and the decision noted. Then every order is held against a look at all places. In this process and
 * without HTTP, which `checkout` and `flash-sale` have.
 */
export const sourcing: Bench = {
  size: { seconds: 0, concurrency: 192, runs: 3, events: 0 },
  numbers: { orders: 10_000, locations: 1000, skus: 100 },
  figures: [
    { name: 'orders', unit: '' },
    { name: 'locations', unit: '' },
    { name: 'seconds', unit: 's', bound: { atMost: 10 } },
    { name: 'ordersPerSecond', unit: '/s' },
    { name: 'p99Ms', unit: 'ms' },
    { name: 'worseThanRule', unit: 'orders', bound: { atMost: 0 } },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const { scratch, numbers, say } = setting;
    const country = new Country(numbers);
    say(`Bringing ${numbers['skus']} SKUs to ${numbers['locations']} places …`);
    const url = await scratch.postgres();
    const { runtime, vault } = await openStocked(scratch, url, (api) => country.settle(api));
    const trial = new Trial(runtime, vault, country);
    const runs: Numbers[] = [];
    for (let n = 1; n <= setting.runs; n++) runs.push(await trial.run(setting, `Run ${n} of ${setting.runs}`));
    return { runs, faults: trial.faults };
  },
};

type Order = Wish & { sealed: Sealed<GeoPoint> };

const CUSTOMERS = 1000;
/** A meter, for the rounding of a way. */
const SLACK_KM = 0.001;

class Trial {
  readonly faults: string[] = [];

  constructor(
    private readonly runtime: ServiceRuntime,
    private readonly vault: Vault,
    private readonly country: Country,
  ) {}

  async run({ concurrency, numbers, say }: Setting, name: string): Promise<Numbers> {
    const { orders: count = 0, locations = 0 } = numbers;
    const orders = await Promise.all(Array.from({ length: count }, (_, n) => this.order(n)));
    const latencies: number[] = [];
    const chosen = new Map<Order, string>();
    const left = orders[Symbol.iterator]();
    const { seconds, perSecond } = await countedLoop(concurrency, count, async () => {
      const order = left.next().value as Order;
      const began = performance.now();
      const location = await this.hold(order);
      latencies.push(performance.now() - began);
      if (location !== undefined) chosen.set(order, location);
    });
    const p99Ms = percentile(latencies, 0.99);
    say(`${name}: ${Math.round(perSecond)} orders/s, p99 ${p99Ms.toFixed(1)} ms`);
    if (chosen.size < count) this.faults.push(`${name}: ${count - chosen.size} orders are not held, though there is enough`);
    const worseThanRule = [...chosen].filter(([order, location]) => this.isWorse(order, location)).length;
    return { orders: count, locations, seconds, ordersPerSecond: perSecond, p99Ms, worseThanRule };
  }

  /** As the storefront hands it over. */
  private async order(n: number): Promise<Order> {
    const wish = this.country.wish();
    const { deliverTo } = await this.vault.seal(`customer-${n % CUSTOMERS}`, `order-${n}`, { deliverTo: wish.deliverTo });
    return { ...wish, sealed: deliverTo };
  }

  /** Nearby first, then everywhere; gives where it is held. */
  private async hold({ lines, sealed: deliverTo }: Order): Promise<string | undefined> {
    const order = { orderId: crypto.randomUUID(), demand: 'online-order' as const, lines, deliverTo };
    const first = await this.decide(Object.assign(new HoldNearby(), order));
    const state = first.status === 'undecided' ? await this.decide(Object.assign(new AllocateOrder(), order)) : first;
    return state.status === 'held' ? state.location : undefined;
  }

  private async decide(command: AllocateOrder): Promise<Reservation> {
    const request = { commandId: crypto.randomUUID(), by: 'bench', now: new Date().toISOString() };
    return (await this.runtime.run(command, request)).state as Reservation;
  }

  /** Whether it is farther from the nearest that could than the rule allows, or from a place that could not at all. */
  private isWorse(order: Order, location: string): boolean {
    const ways = this.country.ways(order);
    const nearestKm = Math.min(...ways.values());
    return !((ways.get(location) ?? Infinity) <= nearestKm + FIRST_RULE.maxExcessKm + SLACK_KM);
  }
}
