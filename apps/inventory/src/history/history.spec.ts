import fc from 'fast-check';
import type { EventOf, RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { fold } from '#libs/eventsourcing/vocabulary';
import type { StockEvents } from '#libs/contracts';
import { recorded } from '#libs/eventsourcing/testing';
import { stock } from '../stock/stock';
import { everywhere } from './levels';
import { counts, type Moment } from './moment';
import { effectOf, NONE, quantitiesOf, sum, type Quantities } from './quantities';
import { formulaOf, Lines, orderBehind, sourceOf, Tally } from './statement';
import { Unwinding } from './unwinding';

const HOUR_MS = 60 * 60 * 1000;
const FIRST = Date.UTC(2026, 0, 1);
const at = (hour: number): string => new Date(FIRST + hour * HOUR_MS).toISOString();
const STREAM = 'stock:TEA@dc';
const tea = { sku: 'TEA', location: 'dc' };

const LEGS = ['StockTransferSent', 'StockTransferAnnounced', 'StockTransferReceived', 'StockTransferLost'] as const;

type Told = EventOf<StockEvents> & { happened: number; recorded: number };

function history(events: readonly Told[]): RecordedEvent[] {
  return events.map(({ type, data, happened, recorded: known }, n) =>
    recorded('inventory', STREAM, type, data, { version: n + 1, happenedAt: at(happened), recordedAt: at(known) }),
  );
}

/** A story that could be: reservations are released or shipped once, after they were made, and nothing is dated far ahead. */
const story: fc.Arbitrary<Told[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('received', 'sold', 'returned', 'adjusted', 'reserved', 'released', 'shipped', 'transferred'),
      leg: fc.constantFrom(...LEGS),
      quantity: fc.integer({ min: 1, max: 9 }),
      pause: fc.integer({ min: 0, max: 30 }),
      /** Most are recorded as they happen, some long after, some by a clock that is ahead. */
      late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2000 }), fc.integer({ min: -24, max: 0 })),
      pick: fc.nat(9),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    const open: { reservationId: string; quantity: number; happened: number }[] = [];
    let now = 0;
    return steps.map(({ kind, leg, quantity, pause, late, pick }, n): Told => {
      now += pause;
      const times = { happened: now - late, recorded: now };
      const held = open[pick % Math.max(1, open.length)];
      if ((kind === 'released' || kind === 'shipped') && held) {
        open.splice(open.indexOf(held), 1);
        const data = { ...tea, quantity: held.quantity, reservationId: held.reservationId };
        const happened = Math.max(times.happened, held.happened);
        return { type: kind === 'released' ? 'StockReleased' : 'StockShipped', data, ...times, happened };
      }
      if (kind === 'reserved') {
        open.push({ reservationId: `o${n}`, quantity, happened: times.happened });
        return { type: 'StockReserved', data: { ...tea, quantity, reservationId: `o${n}` }, ...times };
      }
      if (kind === 'sold') return { type: 'StockSold', data: { ...tea, quantity, saleId: `s${n}` }, ...times };
      if (kind === 'returned') return { type: 'StockReturned', data: { ...tea, quantity, returnId: `x${n}` }, ...times };
      const carried = { ...tea, quantity, transferId: `t${n}`, from: 'far', to: 'far', reason: 'broken' };
      if (kind === 'transferred') return { type: leg, data: carried, ...times };
      const adjusted = { ...tea, quantity: quantity - 5, adjustmentId: `a${n}`, reason: 'counted' };
      if (kind === 'adjusted') return { type: 'StockAdjusted', data: adjusted, ...times };
      return { type: 'StockReceived', data: { ...tea, quantity, receiptId: `r${n}` }, ...times };
    });
  });
const hour = fc.integer({ min: -2100, max: 2000 });
const moment: fc.Arbitrary<Moment> = fc.oneof(
  hour.map((by) => ({ happenedBy: at(by) })),
  hour.map((by) => ({ recordedBy: at(by) })),
  fc.tuple(hour, hour).map(([happened, known]) => ({ happenedBy: at(happened), recordedBy: at(known) })),
);

/** What the product does: from the end of the stream back, until it has seen enough. */
function unwound(events: readonly RecordedEvent[], when: Moment): Quantities & { events: number } {
  const now = { ...quantitiesOf(fold(stock, events as never)), events: events.length };
  const unwinding = new Unwinding(new Map([[STREAM, now]]), when);
  for (const event of [...events].reverse()) if (!unwinding.take(event)) break;
  return unwinding.at(STREAM)!;
}

/** What must come out: the events that count, in the order in which they happened, folded as the stock itself is. */
function bruteForce(events: readonly RecordedEvent[], when: Moment): Quantities & { events: number } {
  const counted = events.filter((event) => counts(event, when));
  const inOrder = counted.sort((a, b) =>
    a.happenedAt < b.happenedAt ? -1 : a.happenedAt > b.happenedAt ? 1 : a.version - b.version,
  );
  return { ...quantitiesOf(fold(stock, inOrder as never)), events: counted.length };
}

describe('stock as of a moment', () => {
  it('is the fold of what had happened, of what was known, and of what was known to have happened by then', () => {
    fc.assert(
      fc.property(story, moment, (told, when) => {
        const events = history(told);
        expect(unwound(events, when)).toEqual(bruteForce(events, when));
      }),
      { numRuns: 2000, seed: 20_260_301 },
    );
  });

  it('on the axis of recording is what the stock itself was at that version', () => {
    fc.assert(
      fc.property(story, hour, (told, by) => {
        const events = history(told);
        const prefix = events.filter(({ recordedAt }) => recordedAt <= at(by));
        const { events: _, ...counted } = unwound(events, { recordedBy: at(by) });
        expect(counted).toEqual(quantitiesOf(fold(stock, prefix as never)));
      }),
      { numRuns: 500, seed: 20_260_302 },
    );
  });

  it('counts a back-dated correction from when it happened, or from when the books heard of it', () => {
    const events = history([
      { type: 'StockReceived', data: { ...tea, quantity: 10, receiptId: 'r' }, happened: 0, recorded: 0 },
      { type: 'StockAdjusted', data: { ...tea, quantity: -3, adjustmentId: 'a', reason: 'broken' }, happened: 24, recorded: 240 },
    ]);
    const onHand = (when: Moment): number => unwound(events, when).onHand;
    expect([onHand({ happenedBy: at(23) }), onHand({ happenedBy: at(24) })]).toEqual([10, 7]);
    expect([onHand({ recordedBy: at(24) }), onHand({ recordedBy: at(239) }), onHand({ recordedBy: at(240) })]).toEqual([
      10, 10, 7,
    ]);
    expect(onHand({ happenedBy: at(100), recordedBy: at(100) })).toBe(10);
    expect(onHand({ happenedBy: at(100), recordedBy: at(240) })).toBe(7);
  });

  it('needs no look at what was settled days before', () => {
    const events = history(
      Array.from({ length: 100 }, (_, n) => ({
        type: 'StockReceived' as const,
        data: { ...tea, quantity: 1, receiptId: `r${n}` },
        happened: 24 * n,
        recorded: 24 * n,
      })),
    );
    const unwinding = new Unwinding(new Map([[STREAM, { ...NONE, onHand: 100, events: 100 }]]), { happenedBy: at(24 * 89) });
    const seen = [...events].reverse().findIndex((event) => !unwinding.take(event));
    expect(unwinding.at(STREAM)).toEqual({ ...NONE, onHand: 90, events: 90 });
    expect(seen).toBeLessThan(15);
  });

  it('adds up over its locations', () => {
    const levels = new Map([
      ['dc', { onHand: 7, reserved: 2, inTransit: 0, quarantined: 1 }],
      ['shop', { onHand: -1, reserved: 0, inTransit: 5, quarantined: 0 }],
    ]);
    expect(everywhere(levels)).toEqual({
      ...{ onHand: 6, reserved: 2, available: 3, inTransit: 5, quarantined: 1 },
      byLocation: [
        { location: 'dc', onHand: 7, reserved: 2, available: 4, inTransit: 0, quarantined: 1 },
        { location: 'shop', onHand: -1, reserved: 0, available: -1, inTransit: 5, quarantined: 0 },
      ],
    });
  });
});

describe('an explanation', () => {
  it('leads from what there was back to nothing, line by line, and its terms add up to the same', () => {
    fc.assert(
      fc.property(story, moment, fc.integer({ min: 1, max: 7 }), (told, when, most) => {
        const events = history(told);
        const { events: count, ...closing } = unwound(events, when);
        const tally = new Tally(when);
        events.forEach((event) => tally.take(event));
        expect(tally.terms.reduce((all, { change }) => sum(all, change), NONE)).toEqual(closing);

        let [balance, before, seen]: [Quantities, number, number] = [closing, Infinity, 0];
        for (let page: Lines | undefined; page?.lines.length !== 0;) {
          page = new Lines(balance, when, most);
          for (const event of [...events].reverse()) if (event.version < before && !page.take(event)) break;
          for (const line of page.lines) {
            expect(line.balance).toEqual(balance);
            balance = sum(balance, line.change, -1);
            before = line.event.version;
            seen++;
          }
        }
        expect([balance, seen]).toEqual([NONE, count]);
      }),
      { numRuns: 500, seed: 20_260_303 },
    );
  });

  it('says in a formula what came in, what went out and what is promised', () => {
    const tally = new Tally({});
    history([
      { type: 'StockReceived', data: { ...tea, quantity: 20, receiptId: 'r' }, happened: 0, recorded: 0 },
      { type: 'StockReserved', data: { ...tea, quantity: 5, reservationId: 'o1' }, happened: 1, recorded: 1 },
      { type: 'StockReserved', data: { ...tea, quantity: 2, reservationId: 'o2' }, happened: 2, recorded: 2 },
      { type: 'StockShipped', data: { ...tea, quantity: 5, reservationId: 'o1' }, happened: 3, recorded: 3 },
      { type: 'StockSold', data: { ...tea, quantity: 4, saleId: 's' }, happened: 4, recorded: 4 },
    ]).forEach((event) => tally.take(event));
    expect(formulaOf(tally.terms)).toBe(
      'available 9 = on hand 11 - reserved 2; on hand 11 = received 20 - shipped 5 - sold 4; reserved 2 = reserved 7 - shipped 5',
    );
    expect(formulaOf([])).toBe('available 0 = on hand 0 - reserved 0; on hand 0 = 0; reserved 0 = 0');
  });

  it('tells of what is in transit where anything ever was', () => {
    const tally = new Tally({});
    const carried = { ...tea, transferId: 't', from: 'far' };
    history([
      { type: 'StockTransferAnnounced', data: { ...carried, quantity: 6 }, happened: 0, recorded: 0 },
      { type: 'StockTransferReceived', data: { ...carried, quantity: 3 }, happened: 1, recorded: 1 },
      { type: 'StockTransferLost', data: { ...carried, quantity: 1, reason: 'broken' }, happened: 1, recorded: 1 },
    ]).forEach((event) => tally.take(event));
    expect(formulaOf(tally.terms)).toBe(
      'available 3 = on hand 3 - reserved 0; on hand 3 = transfer received 3; reserved 0 = 0; ' +
        'in transit 2 = transfer announced 6 - transfer lost 1 - transfer received 3',
    );
  });

  it.each([
    [
      { ...tea, quantity: 1, reservationId: 'o1' },
      { kind: 'reservation', id: 'o1' },
    ],
    [
      { ...tea, quantity: 1, receiptId: 'r1' },
      { kind: 'receipt', id: 'r1' },
    ],
    [
      { ...tea, quantity: 1, saleId: 's1' },
      { kind: 'sale', id: 's1' },
    ],
    [{ ...tea, quantity: 1 }, null],
  ])('names the document behind each event: %j', (data, source) => {
    expect(sourceOf(data)).toEqual(source);
  });

  it('names the order behind what is held, and a reservation where there is no order yet', () => {
    const held = { status: 'held' as const, location: 'dc', lines: [] };
    const source = { kind: 'reservation', id: 'o1' };
    const kindOf = (demand: 'online-order' | 'supply-order' | 'direct'): string => orderBehind(source, { ...held, demand }).kind;
    expect([kindOf('online-order'), kindOf('supply-order'), kindOf('direct')]).toEqual(['order', 'supply-order', 'reservation']);
    expect(orderBehind(source, { status: 'undecided' })).toEqual(source);
  });

  it('knows what each event of a stock does', () => {
    fc.assert(
      fc.property(story, (told) => {
        const events = history(told);
        const added = events.reduce((all, event) => sum(all, effectOf(event as never)), NONE);
        expect(added).toEqual(quantitiesOf(fold(stock, events as never)));
      }),
      { numRuns: 200, seed: 20_260_304 },
    );
  });
});
