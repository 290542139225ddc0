import fc from 'fast-check';
import { AdjustStock, adjustStock } from '../adjustments/adjust-stock';
import { ReceiveGoods, receiveGoods } from '../receipts/receive-goods';
import { ReturnToStock, returnToStock } from '../stock/return-to-stock';
import { SellAtCounter, sellAtCounter } from '../stock/sell-at-counter';
import { available, stock, stockId } from '../stock/stock';
import { World } from '../testing/world';
import { AllocateOrder, allocateOrder } from './allocate-order';
import { ReleaseReservation, releaseReservation } from './release-reservation';
import { reservation } from './reservation';
import { ShipReservation, shipReservation } from './ship-reservation';

const SKUS = ['A', 'B', 'C'];
const PLACES = ['p0', 'p1'];
const ORDERS = ['o0', 'o1', 'o2', 'o3', 'o4', 'o5'];

type Step = (world: World) => void;

const place = fc.constantFrom(...PLACES);
const sku = fc.constantFrom(...SKUS);
const orderId = fc.constantFrom(...ORDERS);
const quantity = fc.integer({ min: 1, max: 20 });
const lines = fc.uniqueArray(fc.record({ sku, quantity }), { minLength: 1, selector: (line) => line.sku });
const candidates = fc.shuffledSubarray(PLACES).map((places) => places.map((at) => ({ location: at, distanceKm: 1 })));

/** Each kind of step with the check of what it alone promises. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(place, lines).map(([at, goods]): Step => (world) => {
    world.run(
      receiveGoods,
      Object.assign(new ReceiveGoods(), { receiptId: world.nextDocument(), location: at, lines: goods }),
      undefined,
    );
  }),
  fc.tuple(place, lines).map(([at, goods]): Step => (world) => {
    world.run(
      sellAtCounter,
      Object.assign(new SellAtCounter(), { saleId: world.nextDocument(), location: at, lines: goods }),
      undefined,
    );
  }),
  fc.tuple(place, lines).map(([at, goods]): Step => (world) => {
    world.run(
      returnToStock,
      Object.assign(new ReturnToStock(), { returnId: world.nextDocument(), location: at, lines: goods }),
      undefined,
    );
  }),
  fc.tuple(place, sku, fc.integer({ min: -20, max: 20 })).map(([at, id, by]): Step => (world) => {
    const adjust = { adjustmentId: world.nextDocument(), location: at, lines: [{ sku: id, quantity: by, reason: 'counted' }] };
    world.run(adjustStock, Object.assign(new AdjustStock(), adjust), undefined);
  }),
  fc.tuple(orderId, lines, candidates).map(
    ([id, goods, given]): Step =>
      (world) =>
        allocate(world, { id, goods, given }),
  ),
  orderId.map((id): Step => (world) => {
    world.run(releaseReservation, Object.assign(new ReleaseReservation(), { orderId: id }), world.stateOf(reservation, id));
  }),
  orderId.map((id): Step => (world) => {
    world.run(shipReservation, Object.assign(new ShipReservation(), { orderId: id }), world.stateOf(reservation, id));
  }),
);

function allocate(
  world: World,
  { id, goods, given }: { id: string; goods: AllocateOrder['lines']; given: { location: string; distanceKm: number }[] },
): void {
  const before = new Map(
    given.flatMap(({ location: at }) =>
      goods.map((line) => [`${line.sku}@${at}`, available(world.stateOf(stock, `${line.sku}@${at}`))]),
    ),
  );
  const order = { orderId: id, demand: 'online-order' as const, lines: goods, deliverTo: { latitude: 0, longitude: 0 } };
  const decided = world.run(allocateOrder, Object.assign(new AllocateOrder(), order), { candidates: given });
  const reserved = decided.flatMap(({ events }) => events).filter(({ type }) => type === 'StockReserved');
  // All lines of the order or none, at one place, and never more than was available there.
  expect([0, goods.length]).toContain(reserved.length);
  expect(new Set(reserved.map(({ data }) => (data as { location: string }).location)).size).toBeLessThanOrEqual(1);
  for (const { data } of reserved as { data: { sku: string; location: string; quantity: number } }[]) {
    expect(before.get(`${data.sku}@${data.location}`)).toBeGreaterThanOrEqual(data.quantity);
  }
}

function checkBooks(world: World): void {
  for (const at of PLACES) {
    for (const id of SKUS) {
      const { onHand, reserved } = world.stateOf(stock, stockId(id, at));
      const inbound = world.total(id, at, 'StockReceived', 'StockReturned', 'StockAdjusted');
      expect(onHand).toBe(inbound - world.total(id, at, 'StockShipped', 'StockSold'));
      expect(reserved.units).toBe(openUnits(world, id, at));
    }
  }
}

/** What the reservations themselves say is held. */
function openUnits(world: World, id: string, at: string): number {
  return ORDERS.map((order) => world.stateOf(reservation, order))
    .filter((open) => open.status === 'held' && open.location === at)
    .flatMap((open) => ('lines' in open ? open.lines : []))
    .filter((line) => line.sku === id)
    .reduce((sum, line) => sum + line.quantity, 0);
}

describe('the books of every SKU at every place', () => {
  it('balance after any interleaving of receiving, reserving, releasing, shipping, selling, returning and adjusting', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const world = new World(PLACES);
        for (const take of steps) {
          take(world);
          checkBooks(world);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('sell the last hundred units to a hundred of four hundred orders', () => {
    const world = new World(PLACES);
    const goods = [{ sku: 'A', quantity: 100 }];
    world.run(receiveGoods, Object.assign(new ReceiveGoods(), { receiptId: 'r', location: 'p0', lines: goods }), undefined);
    const outcomes = Array.from({ length: 400 }, (_, n) => {
      const order = { orderId: `buyer-${n}`, demand: 'online-order', lines: [{ sku: 'A', quantity: 1 }], deliverTo: {} };
      const [first] = world.run(allocateOrder, Object.assign(new AllocateOrder(), order), {
        candidates: [{ location: 'p0', distanceKm: 1 }],
      });
      return first?.events[0]?.type;
    });
    expect(outcomes.filter((type) => type === 'StockReservationMade')).toHaveLength(100);
    expect(outcomes.filter((type) => type === 'StockReservationRefused')).toHaveLength(300);
    expect(available(world.stateOf(stock, 'A@p0'))).toBe(0);
  });
});
