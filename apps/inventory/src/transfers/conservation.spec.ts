import fc from 'fast-check';
import type { StockLine } from '#libs/contracts';
import { applied, recorded } from '#libs/eventsourcing/testing';
import { Refusal, to, type Aggregate, type Decide, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { AdjustStock, adjustStock } from '../adjustments/adjust-stock';
import { inboundView } from '../inbound/inbound.view';
import { CancelPurchaseOrder, cancelPurchaseOrder } from '../purchases/cancel-purchase-order';
import { ChangePurchaseOrder, changePurchaseOrder } from '../purchases/change-purchase-order';
import { PlacePurchaseOrder, placePurchaseOrder } from '../purchases/place-purchase-order';
import { purchaseOrder } from '../purchases/purchase-order';
import { ReceivePurchaseOrder, receivePurchaseOrder } from '../purchases/receive-purchase-order';
import { QuarantineStock, quarantineStock } from '../quarantine/quarantine-stock';
import { ReleaseQuarantine, releaseQuarantine, ScrapQuarantine, scrapQuarantine } from '../quarantine/settle-quarantine';
import { ReceiveGoods, receiveGoods } from '../receipts/receive-goods';
import { AllocateOrder, allocateOrder } from '../reservations/allocate-order';
import { ReleaseReservation, releaseReservation } from '../reservations/release-reservation';
import { reservation } from '../reservations/reservation';
import { ShipReservation, shipReservation } from '../reservations/ship-reservation';
import { availabilityView } from '../stock/availability.view';
import { ReturnToStock, returnToStock } from '../stock/return-to-stock';
import { SellAtCounter, sellAtCounter } from '../stock/sell-at-counter';
import { available, stock, stockId } from '../stock/stock';
import { World } from '../testing/world';
import { CancelTransfer, cancelTransfer } from './cancel-transfer';
import { DispatchTransfer, dispatchTransfer } from './dispatch-transfer';
import { MakeTransfer, makeTransfer } from './make-transfer';
import { ReceiveTransfer, receiveTransfer } from './receive-transfer';
import { transfer } from './transfer';

const SKUS = ['A', 'B'];
const PLACES = ['dc', 'shop', 'store'];
const IDS = ['1', '2', '3'];

/** What the random days must have come to, or they would prove little. */
const EVERYTHING = [
  ...['PurchaseOrderPlaced', 'PurchaseOrderChanged', 'PurchaseOrderReceived', 'PurchaseOrderClosed'],
  ...['TransferPlanned', 'TransferDispatched', 'TransferReceived', 'TransferCancelled'],
  ...['StockTransferSent', 'StockTransferAnnounced', 'StockTransferReceived', 'StockTransferLost'],
  ...['StockReceived', 'StockReserved', 'StockReleased', 'StockShipped', 'StockSold', 'StockReturned', 'StockAdjusted'],
  ...['StockQuarantined', 'StockQuarantineReleased', 'StockScrapped'],
];

/** What somebody does; a fact is what nobody can refuse. */
interface Step {
  isFact?: true;
  take: (world: World) => void;
}

/** Carries a command out; one that is refused must change nothing, which the checks after it see. */
function tried<C extends object, G = unknown>(decide: DecideAcross<C, G>, command: C, given?: (world: World) => G): Step {
  return {
    take: (world) => {
      try {
        world.run(decide, command, given?.(world) as G);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    },
  };
}

/** A rule of one stream as one of several. */
const alone =
  <C, S, M extends object>(aggregate: Aggregate<S, M>, decide: Decide<C, S, M>, idOf: (command: C) => string): DecideAcross<C> =>
  (command, stateOf, context) => {
    const id = idOf(command);
    const events = decide(command, stateOf(aggregate, id), context);
    return events.length > 0 ? [to(aggregate, id, ...events)] : [];
  };

const place = fc.constantFrom(...PLACES);
const id = fc.constantFrom(...IDS);
const sku = fc.constantFrom(...SKUS);
const lines = fc.array(fc.record({ sku, quantity: fc.integer({ min: 1, max: 20 }) }), { minLength: 1, maxLength: 3 });
const goods = fc.uniqueArray(fc.record({ sku, quantity: fc.integer({ min: 1, max: 12 }) }), {
  ...{ minLength: 1, selector: (line: StockLine) => line.sku },
});
const counted = fc.array(fc.record({ sku, quantity: fc.nat(12) }), { maxLength: 3 });
const candidates = fc.shuffledSubarray(PLACES).map((all) => all.map((location) => ({ location, distanceKm: 1 })));
const reason = fc.constantFrom(undefined, 'broken');

const purchases: fc.Arbitrary<Step>[] = [
  fc.tuple(id, place, lines).map(([purchaseOrderId, location, wanted]) => {
    const order = { purchaseOrderId, location, supplier: 's', lines: wanted, expectedAt: '2026-02-01' };
    return tried(placePurchaseOrder, Object.assign(new PlacePurchaseOrder(), order));
  }),
  fc.tuple(id, lines).map(([purchaseOrderId, wanted]) => {
    const change = Object.assign(new ChangePurchaseOrder(), { purchaseOrderId, lines: wanted });
    return tried(
      alone(purchaseOrder, changePurchaseOrder, (c) => c.purchaseOrderId),
      change,
    );
  }),
  fc.tuple(id, counted, fc.boolean()).map(([purchaseOrderId, came, closes]): Step => ({
    take: (world) => {
      const delivery = { purchaseOrderId, receiptId: world.nextDocument(), lines: came, closes };
      tried(receivePurchaseOrder, Object.assign(new ReceivePurchaseOrder(), delivery)).take(world);
    },
  })),
  id.map((purchaseOrderId) => {
    const cancel = Object.assign(new CancelPurchaseOrder(), { purchaseOrderId });
    return tried(
      alone(purchaseOrder, cancelPurchaseOrder, (c) => c.purchaseOrderId),
      cancel,
    );
  }),
];

const transfers: fc.Arbitrary<Step>[] = [
  fc
    .tuple(id, place, place, lines, fc.boolean())
    .map(([transferId, from, destination, wanted, dispatch]) =>
      tried(makeTransfer, Object.assign(new MakeTransfer(), { transferId, from, to: destination, lines: wanted, dispatch })),
    ),
  id.map((transferId) => tried(dispatchTransfer, Object.assign(new DispatchTransfer(), { transferId }))),
  fc
    .tuple(id, fc.option(counted, { nil: undefined }), reason)
    .map(([transferId, came, lostReason]) =>
      tried(receiveTransfer, Object.assign(new ReceiveTransfer(), { transferId, lines: came, lostReason })),
    ),
  id.map((transferId) => {
    const cancel = Object.assign(new CancelTransfer(), { transferId });
    return tried(
      alone(transfer, cancelTransfer, (c) => c.transferId),
      cancel,
    );
  }),
];

const trade: fc.Arbitrary<Step>[] = [
  fc.tuple(place, goods).map(([location, sold]): Step => ({
    ...tried(sellAtCounter, Object.assign(new SellAtCounter(), { saleId: 's', location, lines: sold })),
    isFact: true,
  })),
  fc
    .tuple(place, goods)
    .map(([location, back]) =>
      tried(returnToStock, Object.assign(new ReturnToStock(), { returnId: 'x', location, lines: back })),
    ),
  fc.tuple(place, sku, fc.integer({ min: -9, max: 9 })).map(([location, of, quantity]): Step => ({
    isFact: true,
    take: (world) => {
      const facts = { adjustmentId: world.nextDocument(), location, lines: [{ sku: of, quantity, reason: 'counted' }] };
      tried(adjustStock, Object.assign(new AdjustStock(), facts)).take(world);
    },
  })),
  fc.tuple(id, goods, candidates).map(([orderId, wanted, found]) => {
    const order = { orderId, demand: 'online-order' as const, lines: wanted, deliverTo: { latitude: 0, longitude: 0 } };
    return tried(allocateOrder, Object.assign(new AllocateOrder(), order), () => ({ candidates: found }));
  }),
  id.map((orderId) =>
    tried(releaseReservation, Object.assign(new ReleaseReservation(), { orderId }), (world) =>
      world.stateOf(reservation, orderId),
    ),
  ),
  id.map((orderId) =>
    tried(shipReservation, Object.assign(new ShipReservation(), { orderId }), (world) => world.stateOf(reservation, orderId)),
  ),
];

const quarantines: fc.Arbitrary<Step>[] = [
  fc
    .tuple(id, place, goods)
    .map(([quarantineId, location, kept]) =>
      tried(quarantineStock, Object.assign(new QuarantineStock(), { quarantineId, location, lines: kept, reason: 'smells' })),
    ),
  id.map((quarantineId) => tried(releaseQuarantine, Object.assign(new ReleaseQuarantine(), { quarantineId }))),
  fc
    .tuple(id, goods)
    .map(([quarantineId, bad]) =>
      tried(scrapQuarantine, Object.assign(new ScrapQuarantine(), { quarantineId, lines: bad, reason: 'is sour' })),
    ),
];

const step = fc.oneof(...purchases, ...transfers, ...trade, ...quarantines);

/** Units of everything everywhere, so that there is something to move. */
const FIRST = 30;
const stocked = (): World => {
  const world = new World(PLACES);
  for (const location of PLACES) {
    const all = SKUS.map((each) => ({ sku: each, quantity: FIRST }));
    world.run(receiveGoods, Object.assign(new ReceiveGoods(), { receiptId: location, location, lines: all }), undefined);
  }
  return world;
};

const stocks = PLACES.flatMap((location) => SKUS.map((each) => ({ sku: each, location })));
const free = (world: World): number[] =>
  stocks.map(({ sku: of, location }) => available(world.stateOf(stock, stockId(of, location))));
const units = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);

/** Over all places of a SKU: received = sold + lost + on hand + in transit, with what came back and was found. */
function checkConservation(world: World): void {
  for (const each of SKUS) {
    const moved = (...types: string[]): number => units(PLACES.map((at) => world.total(each, at, ...types)));
    const there = PLACES.map((at) => world.stateOf(stock, stockId(each, at)));
    const received = moved('StockReceived', 'StockReturned', 'StockAdjusted');
    const gone = moved('StockSold', 'StockShipped') + moved('StockTransferLost', 'StockScrapped');
    expect(received).toBe(gone + units(there.map(({ onHand, inTransit = 0 }) => onHand + inTransit)));
  }
}

/** What is in transit is what transfers have under way, and each of them has lost, delivered or under way what it sent. */
function checkTransfers(world: World): void {
  const known = IDS.map((each) => world.stateOf(transfer, each)).filter((one) => one !== undefined);
  for (const { sku: of, location } of stocks) {
    const coming = known.filter((one) => one.to === location).flatMap((one) => one.lines.filter((line) => line.sku === of));
    expect(world.stateOf(stock, stockId(of, location)).inTransit ?? 0).toBe(units(coming.map(({ inTransit }) => inTransit)));
  }
  for (const { status, lines: sent } of known.filter((one) => one.status !== 'planned' && one.status !== 'cancelled')) {
    for (const line of sent) expect(line.received + line.lost + line.inTransit).toBe(line.quantity);
    expect(sent.some(({ inTransit }) => inTransit > 0)).toBe(status === 'in-transit');
    expect(Math.min(...sent.flatMap(({ received, lost, inTransit }) => [received, lost, inTransit]))).toBeGreaterThanOrEqual(0);
  }
}

/** What purchase orders have received is what receipts have brought, and the open ones are those that expect something. */
function checkPurchases(world: World): void {
  const known = IDS.map((each) => world.stateOf(purchaseOrder, each)).filter((one) => one !== undefined);
  const received = known.flatMap((one) => one.lines.map((line) => line.received));
  expect(units(received) + units(stocks.map(() => FIRST))).toBe(
    units(stocks.map((at) => world.total(at.sku, at.location, 'StockReceived'))),
  );
  for (const one of known) expect(one.lines.some(({ outstanding }) => outstanding > 0)).toBe(one.status === 'open');
}

/** Only a till and a correction can take what is promised or was never there. */
function checkPromises(before: readonly number[], after: readonly number[], isFact: true | undefined): void {
  if (isFact) return;
  after.forEach((left, n) => expect(left).toBeGreaterThanOrEqual(Math.min(0, before[n] ?? 0)));
}

/** The views say what the streams say. */
function checkViews(world: World): void {
  const told = [...world.log].flatMap(([stream, events]) =>
    events.map(({ type, data }) => recorded('inventory', stream, type, data)),
  );
  const rows = [...applied(availabilityView, ...told).values()];
  const coming = [...applied(inboundView, ...told).values()];
  for (const { sku: of, location } of stocks) {
    const { onHand, reserved, inTransit = 0, quarantined = 0 } = world.stateOf(stock, stockId(of, location));
    const row = rows.find((one) => one.sku === of && one.location === location);
    const shown = [row?.onHand ?? 0, row?.reserved ?? 0, row?.inTransit ?? 0, row?.quarantined ?? 0];
    expect(shown).toEqual([onHand, reserved.units, inTransit, quarantined]);
    const open = IDS.map((each) => world.stateOf(purchaseOrder, each)).filter((one) => one?.location === location);
    const owed = units(open.flatMap((one) => one!.lines.filter((line) => line.sku === of).map((line) => line.outstanding)));
    const due = coming.filter((one) => one.sku === of && one.location === location).map(({ quantity }) => quantity);
    expect(units(due)).toBe(owed + inTransit);
  }
}

describe('goods that are bought, moved, reserved, sold, kept from sale, lost and found in any order', () => {
  it('are all accounted for, and never promised twice', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const world = stocked();
        for (const { take, isFact } of steps) {
          const before = free(world);
          take(world);
          checkConservation(world);
          checkTransfers(world);
          checkPurchases(world);
          checkPromises(before, free(world), isFact);
        }
        checkViews(world);
        for (const events of world.log.values()) for (const { type } of events) seen.add(type);
      }),
      { numRuns: 100, seed: 20_261_123 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(EVERYTHING));
  }, 30_000);

  it('are looked for where they should be: a movement that is forgotten is noticed', () => {
    const world = new World(PLACES);
    const order = {
      purchaseOrderId: '1',
      location: 'dc',
      supplier: 's',
      lines: [{ sku: 'A', quantity: 9 }],
      expectedAt: '2026-02-01',
    };
    tried(placePurchaseOrder, Object.assign(new PlacePurchaseOrder(), order)).take(world);
    const delivery = { purchaseOrderId: '1', receiptId: 'r', lines: [{ sku: 'A', quantity: 9 }] };
    tried(receivePurchaseOrder, Object.assign(new ReceivePurchaseOrder(), delivery)).take(world);
    const move = { transferId: '1', from: 'dc', to: 'shop', lines: [{ sku: 'A', quantity: 4 }] };
    tried(makeTransfer, Object.assign(new MakeTransfer(), move)).take(world);
    checkConservation(world);
    world.log.delete('stock:A@shop');
    expect(() => checkConservation(world)).toThrow();
    expect(() => checkTransfers(world)).toThrow();
  });
});
