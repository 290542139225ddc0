import fc from 'fast-check';
import { CHANNELS, stockedLines } from '#libs/contracts';
import {
  fold,
  Refusal,
  streamId,
  type AnyEvent,
  type DecideAcross,
  type StateOf,
  type StreamEvents,
} from '#libs/eventsourcing/vocabulary';
import { applied, recorded } from '#libs/eventsourcing/testing';
import { SetPlacePolicy, setPlacePolicy } from '../promises/set-place-policy';
import { ReceiveGoods, receiveGoods } from '../receipts/receive-goods';
import { availabilityView, type AvailabilityRow } from '../stock/availability.view';
import { promisable } from '../stock/promised';
import { SellAtCounter, sellAtCounter } from '../stock/sell-at-counter';
import { available, stock, stockId } from '../stock/stock';
import { CancelReservation, cancelReservation } from './cancel-reservation';
import { ClaimReservation, claimReservation } from './claim-reservation';
import { CommitReservation, commitReservation } from './commit-reservation';
import { ExpireReservation, expireReservation } from './expire-reservation';
import { ExtendReservation, extendReservation } from './extend-reservation';
import { ReleaseReservation, releaseReservation } from './release-reservation';
import { reservation } from './reservation';
import { ReserveStock, reserveStock } from './reserve-stock';
import { ShipReservation, shipReservation } from './ship-reservation';

const SKUS = ['A', 'B'];
const PLACES = ['p0', 'p1'];
const IDS = ['r0', 'r1', 'r2', 'r3', 'o0', 'o1'];
const STOCKS = SKUS.flatMap((sku) => PLACES.map((place) => stockId(sku, place)));

/** A small inventory in memory, changed by nothing but the rules, with a clock that only its steps move. */
class World {
  private readonly log = new Map<string, AnyEvent[]>();
  private documents = 0;
  private seconds = 0;
  readonly stateOf: StateOf = (aggregate, id) => fold(aggregate, this.log.get(streamId(aggregate, id)) ?? []);

  constructor() {
    for (const place of PLACES) {
      const data = { location: place, name: place, kind: 'warehouse', latitude: 0, longitude: 0 };
      this.append({ stream: `location:${place}`, events: [{ type: 'LocationRegistered', data }] });
    }
  }

  /** A refused command changes nothing. */
  run<C extends object, G>(decide: DecideAcross<C, G>, command: C, given: G): StreamEvents[] {
    try {
      const decided = decide(command, this.stateOf, { now: this.now, by: 'test', given });
      decided.forEach((part) => this.append(part));
      return decided;
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  }

  pass(seconds: number): void {
    this.seconds += seconds;
  }

  nextDocument(): string {
    return `d${this.documents++}`;
  }

  private get now(): string {
    return new Date(this.seconds * 1000).toISOString();
  }

  /** What the view makes of a stock. */
  rowOf(one: string): AvailabilityRow | undefined {
    const events = (this.log.get(`stock:${one}`) ?? []).map(({ type, data }) =>
      recorded('inventory', `stock:${one}`, type, data),
    );
    return [...applied(availabilityView, ...events).values()][0];
  }

  private append({ stream, events }: StreamEvents): void {
    this.log.set(stream, [...(this.log.get(stream) ?? []), ...events]);
  }
}

type Step = (world: World) => void;

const place = fc.constantFrom(...PLACES);
const id = fc.constantFrom(...IDS);
const channel = fc.constantFrom(...CHANNELS);
const quantity = fc.integer({ min: 1, max: 12 });
const lines = fc.array(fc.record({ sku: fc.constantFrom(...SKUS), quantity }), { minLength: 1, maxLength: 4 });
const quotas = fc.uniqueArray(fc.record({ channel, units: fc.nat(12), lendsTo: fc.subarray([...CHANNELS]) }), {
  selector: (one) => one.channel,
});

const onHeld =
  <C extends object>(decide: DecideAcross<C, never>, command: C): Step =>
  (world) => {
    const known = command as { orderId?: string; reservationId?: string };
    world.run(decide, command, world.stateOf(reservation, known.orderId ?? known.reservationId ?? '') as never);
  };
const named = <C extends object>(command: C, reservationId: string): C => Object.assign(command, { reservationId });

function reserve(world: World, command: ReserveStock, candidates: readonly string[]): void {
  const goods = stockedLines(command.lines);
  const before = new Map(STOCKS.map((one) => [one, promisable(world.stateOf(stock, one), command.channel ?? 'storefront')]));
  const given = { lines: goods, candidates: candidates.map((location) => ({ location, distanceKm: 0 })), shelves: [] };
  const said = world.run(reserveStock, command, given).flatMap(({ events }) => events);
  const held = said.filter(({ type }) => type === 'StockReserved').map(({ data }) => data) as Held[];
  // All lines at one place or none, and never more than the channel could be promised there.
  expect([0, goods.length]).toContain(held.length);
  for (const line of held) expect(before.get(stockId(line.sku, line.location))).toBeGreaterThanOrEqual(line.quantity);
}
interface Held {
  sku: string;
  location: string;
  quantity: number;
}

const quietSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(id, lines, channel, fc.shuffledSubarray(PLACES), fc.integer({ min: 1, max: 90 })).map(
    ([one, goods, by, places, ttlSeconds]): Step =>
      (world) =>
        reserve(world, named(Object.assign(new ReserveStock(), { lines: goods, channel: by, ttlSeconds }), one), places),
  ),
  fc.tuple(id, fc.integer({ min: 1, max: 90 })).map(([one, ttlSeconds]): Step => {
    const extend: DecideAcross<ExtendReservation, never> = (command, stateOf, context) => [
      { stream: `reservation:${one}`, events: extendReservation(command, stateOf(reservation, one), context) },
    ];
    return onHeld(extend, Object.assign(named(new ExtendReservation(), one), { ttlSeconds }));
  }),
  id.map((one): Step => {
    const commit: DecideAcross<CommitReservation, never> = (command, stateOf, context) => [
      { stream: `reservation:${one}`, events: commitReservation(command, stateOf(reservation, one), context) },
    ];
    return onHeld(commit, named(new CommitReservation(), one));
  }),
  id.map((one) => onHeld(cancelReservation as DecideAcross<CancelReservation, never>, named(new CancelReservation(), one))),
  id.map((one) => onHeld(expireReservation as DecideAcross<ExpireReservation, never>, named(new ExpireReservation(), one))),
  id.map((orderId) =>
    onHeld(releaseReservation as DecideAcross<ReleaseReservation, never>, Object.assign(new ReleaseReservation(), { orderId })),
  ),
  id.map((orderId) =>
    onHeld(shipReservation as DecideAcross<ShipReservation, never>, Object.assign(new ShipReservation(), { orderId })),
  ),
  fc.tuple(id, id, lines).map(([orderId, reservationId, goods]): Step => (world) => {
    const held = world.stateOf(reservation, reservationId);
    const claim = Object.assign(new ClaimReservation(), { orderId, reservationId, lines: stockedLines(goods), deliverTo: '' });
    world.run(claimReservation, claim, 'location' in held ? { location: held.location, distanceKm: 0, lines: [] } : undefined);
  }),
  fc.tuple(place, lines).map(([location, goods]): Step => (world) => {
    const receipt = { receiptId: world.nextDocument(), location, lines: goods };
    world.run(receiveGoods, Object.assign(new ReceiveGoods(), receipt), undefined);
  }),
  fc.tuple(place, fc.constantFrom(...SKUS), fc.nat(8), quotas).map(([location, sku, safetyStock, shares]): Step => (world) => {
    const policy = { location, sku, safetyStock, quotas: shares, period: world.nextDocument() };
    world.run(setPlacePolicy, Object.assign(new SetPlacePolicy(), policy), undefined);
  }),
  fc.integer({ min: 1, max: 60 }).map(
    (seconds): Step =>
      (world) =>
        world.pass(seconds),
  ),
];

/** Goods that have left the shop are a fact, whatever was promised. */
const sale: fc.Arbitrary<Step> = fc.tuple(place, lines).map(([location, goods]): Step => (world) => {
  const sold = { saleId: world.nextDocument(), location, lines: stockedLines(goods) };
  world.run(sellAtCounter, Object.assign(new SellAtCounter(), sold), undefined);
});

function openUnits(world: World, sku: string, at: string): number {
  let units = 0;
  for (const one of IDS) {
    const known = world.stateOf(reservation, one);
    if (known.status !== 'held' || known.location !== at) continue;
    for (const line of known.lines) if (line.sku === sku) units += line.quantity;
  }
  return units;
}

/** The quotas know of nothing that is not reserved, and never have more than they were given. */
function checkStock(world: World, one: string): void {
  const state = world.stateOf(stock, one);
  const [sku = '', at = ''] = one.split('@');
  expect(state.reserved.units).toBe(openUnits(world, sku, at));
  for (const { units, drawn, gone } of state.policy?.quotas ?? []) {
    expect(drawn.units).toBeLessThanOrEqual(state.reserved.units);
    expect(drawn.units + gone).toBeLessThanOrEqual(units);
    expect(Math.min(drawn.units, gone)).toBeGreaterThanOrEqual(0);
  }
}

/** What orders are sourced by is what the stock would say. */
function checkRow(world: World, one: string): void {
  const state = world.stateOf(stock, one);
  const row = world.rowOf(one);
  for (const by of CHANNELS) expect(row?.promised?.[by] ?? row?.available ?? 0).toBe(promisable(state, by));
}

describe('after any interleaving of reserving, extending, committing, releasing, expiring, taking over, shipping and receiving', () => {
  it('what is reserved is what open reservations hold, and nothing is promised twice', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...quietSteps), { maxLength: 60 }), (steps) => {
        const world = new World();
        for (const take of steps) {
          take(world);
          for (const one of STOCKS) {
            checkStock(world, one);
            expect(available(world.stateOf(stock, one))).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('and only what tills sell can leave less than was promised', () => {
    const any = fc.oneof(
      sale.map((take) => ({ take, sells: true })),
      ...quietSteps.map((step) => step.map((take) => ({ take, sells: false }))),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), (steps) => {
        const world = new World();
        const lacking = (): number[] => STOCKS.map((one) => Math.min(0, available(world.stateOf(stock, one))));
        for (const { take, sells } of steps) {
          const before = lacking();
          take(world);
          STOCKS.forEach((one) => checkStock(world, one));
          if (!sells) lacking().forEach((units, n) => expect(units).toBeGreaterThanOrEqual(before[n] ?? 0));
        }
        STOCKS.forEach((one) => checkRow(world, one));
      }),
      { numRuns: 200 },
    );
  });
});
