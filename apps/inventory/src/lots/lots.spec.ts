import fc from 'fast-check';
import type { LotUnits } from '#libs/contracts';
import { givenStreams, type History } from '#libs/eventsourcing/testing';
import { fold, Refusal, streamId, type AnyEvent, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { AdjustStock, adjustStock } from '../adjustments/adjust-stock';
import { location } from '../locations/location';
import { ReceiveGoods, receiveGoods } from '../receipts/receive-goods';
import { picked, type Lot } from '../stock/lots';
import { SellAtCounter, sellAtCounter } from '../stock/sell-at-counter';
import { available, stock } from '../stock/stock';
import { QuarantineStock, quarantineStock } from '../quarantine/quarantine-stock';
import { KeepLot, keepLot } from './keep-lot';

const NOW = '2026-06-15T12:00:00.000Z';
const at = { now: NOW };
const EARLY: LotUnits = { lot: 'A', quantity: 4, expiresOn: '2026-06-20' };
const LATE: LotUnits = { lot: 'B', quantity: 4, expiresOn: '2026-07-20' };
const dc: History = [
  location,
  'dc',
  { type: 'LocationRegistered', data: { location: 'dc', name: 'dc', kind: 'warehouse', latitude: 30.3, longitude: 120.2 } },
];
const came = (quantity: number, ...lots: LotUnits[]) => ({
  type: 'StockReceived' as const,
  data: { sku: 'milk', location: 'dc', quantity, receiptId: 'r', ...(lots.length > 0 && { lots }) },
});
const milk = (...events: AnyEvent[]): History => [stock, 'milk@dc', ...events];
const kept = (quantity: number, ...lots: LotUnits[]) => ({
  type: 'StockQuarantined',
  data: { sku: 'milk', location: 'dc', quantity, quarantineId: 'q', ...(lots.length > 0 && { lots }) },
});
const units = ({ lot, expiresOn }: LotUnits, quantity: number): LotUnits => ({ lot, quantity, ...(expiresOn && { expiresOn }) });

describe('goods that come in lots', () => {
  const receive = (quantity: number, ...lots: LotUnits[]): ReceiveGoods =>
    Object.assign(new ReceiveGoods(), { receiptId: 'r', location: 'dc', lines: [{ sku: 'milk', quantity, lots }] });

  it('are booked in with them, and without one where none is named', () => {
    const document = { receiptId: 'r', location: 'dc', lines: [{ sku: 'milk', quantity: 10, lots: [LATE, EARLY] }] };
    givenStreams(dc)
      .when(receiveGoods, receive(10, LATE, EARLY), at)
      .then(
        { stream: 'receipt:r', events: [{ type: 'GoodsReceived', data: document }] },
        { stream: 'stock:milk@dc', events: [came(10, LATE, EARLY)] },
      );
  });

  it('are good on their last day, and refused on the day after', () => {
    const last = { ...EARLY, expiresOn: '2026-06-15' };
    const document = { receiptId: 'r', location: 'dc', lines: [{ sku: 'milk', quantity: 4, lots: [last] }] };
    givenStreams(dc)
      .when(receiveGoods, receive(4, last), at)
      .then(
        { stream: 'receipt:r', events: [{ type: 'GoodsReceived', data: document }] },
        { stream: 'stock:milk@dc', events: [came(4, last)] },
      );
    givenStreams(dc)
      .when(receiveGoods, receive(4, { ...last, expiresOn: '2026-06-14' }), at)
      .thenRefused('lot-expired');
  });

  it('are no more than came in, and a lot has one date', () => {
    givenStreams(dc)
      .when(receiveGoods, receive(7, EARLY, LATE), at)
      .thenRefused('lots-exceed-quantity');
    const other = { ...EARLY, expiresOn: '2026-06-21' };
    givenStreams(dc, milk(came(4, EARLY)))
      .when(receiveGoods, receive(4, other), at)
      .thenRefused('lot-date-mismatch');
    givenStreams(dc)
      .when(receiveGoods, receive(8, EARLY, other), at)
      .thenRefused('lot-date-mismatch');
  });
});

describe('goods that leave', () => {
  const shelf = fold(stock, [came(10, LATE, EARLY)]);

  it('are of the lot that expires first, then of the next, then of no lot', () => {
    expect(picked(shelf, 3, '2026-06-15')).toEqual([units(EARLY, 3)]);
    expect(picked(shelf, 6, '2026-06-15')).toEqual([EARLY, units(LATE, 2)]);
    expect(picked(shelf, 10, '2026-06-15')).toEqual([EARLY, LATE]);
  });

  it('are of what has expired only when there is nothing else', () => {
    expect(picked(shelf, 3, '2026-06-21')).toEqual([units(LATE, 3)]);
    expect(picked(shelf, 6, '2026-06-21')).toEqual([LATE]);
    expect(picked(shelf, 7, '2026-06-21')).toEqual([LATE, units(EARLY, 1)]);
  });

  it('are never of what is kept from sale', () => {
    const some = fold(stock, [came(10, LATE, EARLY), kept(4, EARLY)] as never[]);
    expect(picked(some, 3, '2026-06-15')).toEqual([units(LATE, 3)]);
  });

  it('say nothing of lots where there are none', () => {
    expect(picked(fold(stock, [came(10)]), 3, '2026-06-15')).toEqual([]);
  });

  it('are noted with their lots, so that a lot can be recalled from who got it', () => {
    const sold = { sku: 'milk', quantity: 5, location: 'dc', saleId: 's', lots: [EARLY, units(LATE, 1)] };
    givenStreams(milk(came(10, LATE, EARLY)))
      .when(
        sellAtCounter,
        Object.assign(new SellAtCounter(), { saleId: 's', location: 'dc', lines: [{ sku: 'milk', quantity: 5 }] }),
        at,
      )
      .then({ stream: 'stock:milk@dc', events: [{ type: 'StockSold', data: sold }] });
  });
});

describe('a lot that must not be sold', () => {
  const keep = (): KeepLot =>
    Object.assign(new KeepLot(), { quarantineId: 'q', sku: 'milk', lot: 'A', location: 'dc', reason: 'recall' });
  const reserved = (quantity: number) => ({
    type: 'StockReserved',
    data: { sku: 'milk', location: 'dc', quantity, reservationId: 'o' },
  });
  const opened = (quantity: number) => ({
    stream: 'quarantine:q',
    events: [
      {
        type: 'QuarantineOpened',
        data: {
          quarantineId: 'q',
          location: 'dc',
          lines: [{ sku: 'milk', quantity, lots: [units(EARLY, quantity)] }],
          reason: 'recall',
        },
      },
    ],
  });

  it('is kept from sale, and no other', () => {
    givenStreams(milk(came(10, LATE, EARLY)))
      .when(keepLot, keep())
      .then(opened(4), { stream: 'stock:milk@dc', events: [kept(4, EARLY)] });
  });

  it('is kept as far as it is not promised', () => {
    givenStreams(milk(came(10, LATE, EARLY), reserved(7)))
      .when(keepLot, keep())
      .then(opened(3), { stream: 'stock:milk@dc', events: [kept(3, units(EARLY, 3))] });
  });

  it('is kept once', () => {
    givenStreams(milk(came(10, LATE, EARLY), kept(4, EARLY)))
      .when(keepLot, keep())
      .thenNothing();
    givenStreams(milk(came(10, LATE)))
      .when(keepLot, keep())
      .thenNothing();
  });
});

describe('lots, whatever comes, goes, is put aside and is missed', () => {
  const lot = fc.constantFrom(EARLY, LATE, { lot: 'C', quantity: 4 });
  const step = fc.record({
    what: fc.constantFrom('receive', 'sell', 'lose', 'put', 'keep'),
    lot,
    units: fc.integer({ min: 1, max: 6 }),
  });
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  const command = ({ what, lot: of, units: quantity }: Step, n: number, stateOf: StateOf): StreamEvents[] => {
    const context = { now: NOW, by: 'test', given: undefined };
    const lines = [{ sku: 'milk', quantity }];
    const here = { location: 'dc', lines };
    switch (what) {
      case 'receive': {
        const goods = {
          ...here,
          receiptId: `r${n}`,
          lines: [{ sku: 'milk', quantity: quantity + 1, lots: [units(of, quantity)] }],
        };
        return receiveGoods(Object.assign(new ReceiveGoods(), goods), stateOf, context);
      }
      case 'sell':
        return sellAtCounter(Object.assign(new SellAtCounter(), { ...here, saleId: `s${n}` }), stateOf, context);
      case 'lose': {
        const loss = { ...here, adjustmentId: `a${n}`, lines: [{ sku: 'milk', quantity: -quantity, reason: 'lost' }] };
        return adjustStock(Object.assign(new AdjustStock(), loss), stateOf, context);
      }
      case 'put':
        return quarantineStock(
          Object.assign(new QuarantineStock(), { ...here, quarantineId: `q${n}`, reason: 'wet' }),
          stateOf,
          context,
        );
      default: {
        const recall = { quarantineId: `k${n}`, sku: 'milk', lot: of.lot, location: 'dc', reason: 'recall' };
        return keepLot(Object.assign(new KeepLot(), recall), stateOf, context);
      }
    }
  };
  const unlessRefused = (rule: () => StreamEvents[]): StreamEvents[] => {
    try {
      return rule();
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  };

  /** What came of a lot less what went, by the events alone. */
  function balance(events: readonly AnyEvent[], name: string): number {
    return events.reduce((sum, { type, data }) => {
      const { lots = [] } = data as { lots?: LotUnits[] };
      const moved = lots.filter((one) => one.lot === name).reduce((all, { quantity }) => all + quantity, 0);
      if (type === 'StockReceived') return sum + moved;
      return type === 'StockSold' || type === 'StockAdjusted' ? sum - moved : sum;
    }, 0);
  }

  it('keep every unit, never fall below zero, and are picked in order of their last day', () => {
    const property = fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const log = new Map<string, AnyEvent[]>([['location:dc', dc.slice(2) as AnyEvent[]]]);
      const stateOf: StateOf = (aggregate, id) => fold(aggregate, (log.get(streamId(aggregate, id)) ?? []) as never[]);
      for (const [n, one] of steps.entries()) {
        const before = stateOf(stock, 'milk@dc').lots ?? [];
        for (const { stream, events } of unlessRefused(() => command(one, n, stateOf))) {
          log.set(stream, [...(log.get(stream) ?? []), ...events]);
          if (one.what === 'sell') expectFirstExpiredFirstOut(before, events);
        }
        const shelf = stateOf(stock, 'milk@dc');
        for (const { lot: name, units: left, kept: aside } of shelf.lots ?? []) {
          expect(left).toBe(balance(log.get('stock:milk@dc') ?? [], name));
          expect(aside).toBeGreaterThanOrEqual(0);
          expect(left).toBeGreaterThanOrEqual(aside);
        }
        if (!shelf.isDisputed && shelf.onHand >= 0 && one.what !== 'lose')
          expect(available(shelf)).toBeLessThanOrEqual(shelf.onHand);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  function expectFirstExpiredFirstOut(before: readonly Lot[], events: readonly AnyEvent[]): void {
    const [sold] = events;
    const { lots = [] } = (sold?.data ?? {}) as { lots?: LotUnits[] };
    const free = before.filter(({ units: left, kept: aside }) => left > aside);
    lots.forEach(({ lot: name }, n) => expect(free[n]?.lot).toBe(name));
    lots.slice(0, -1).forEach(({ quantity }, n) => expect((free[n]?.units ?? 0) - (free[n]?.kept ?? 0)).toBe(quantity));
  }
});
