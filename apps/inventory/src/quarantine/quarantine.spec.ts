import fc from 'fast-check';
import { gradesOf, type GradedLine, type StockEvents, type TradeLine } from '#libs/contracts';
import { givenStreams, type History } from '#libs/eventsourcing/testing';
import {
  fold,
  Refusal,
  streamId,
  type AnyEvent,
  type EventOf,
  type StateOf,
  type StreamEvents,
} from '#libs/eventsourcing/vocabulary';
import { location } from '../locations/location';
import { available, stock } from '../stock/stock';
import { ReturnToStock, returnToStock } from '../stock/return-to-stock';
import { quarantine } from './quarantine';
import { QuarantineStock, quarantineStock } from './quarantine-stock';
import { ReleaseQuarantine, releaseQuarantine, ScrapQuarantine, scrapQuarantine } from './settle-quarantine';

const dc: History = [
  location,
  'dc',
  { type: 'LocationRegistered', data: { location: 'dc', name: 'dc', kind: 'warehouse', latitude: 30.3, longitude: 120.2 } },
];
const moved = (type: string, quantity: number, more: object = { quarantineId: 'q' }) => ({
  type,
  data: { sku: 'tea', location: 'dc', quantity, ...more },
});
const tea = (...events: AnyEvent[]): History => [stock, 'tea@dc', ...events];
const ten = moved('StockReceived', 10, { receiptId: 'r' });
const onStock = (...events: AnyEvent[]) => ({ stream: 'stock:tea@dc', events });

const lines = (quantity: number) => [{ sku: 'tea', quantity }];
const kept = { quarantineId: 'q', location: 'dc' };
const opened = (quantity: number) => ({
  type: 'QuarantineOpened' as const,
  data: { ...kept, lines: lines(quantity), reason: 'wet' },
});
const released = (quantity: number) => ({ type: 'QuarantineReleased' as const, data: { ...kept, lines: lines(quantity) } });
const scrapped = (quantity: number) => ({
  type: 'QuarantineScrapped' as const,
  data: { ...kept, lines: lines(quantity), reason: 'moldy' },
});
const onQuarantine = (...events: AnyEvent[]) => ({ stream: 'quarantine:q', events });
const openOf = (quantity: number, ...more: AnyEvent[]): History => [quarantine, 'q', opened(quantity), ...more];

const put = (quantity: number, more: object = {}): QuarantineStock =>
  Object.assign(new QuarantineStock(), { ...kept, lines: lines(quantity), reason: 'wet', ...more });
const release = (quantity?: number): ReleaseQuarantine =>
  Object.assign(new ReleaseQuarantine(), { quarantineId: 'q', ...(quantity !== undefined && { lines: lines(quantity) }) });
const scrap = (quantity?: number): ScrapQuarantine =>
  Object.assign(new ScrapQuarantine(), { ...release(quantity), reason: 'moldy' });

describe('goods that are kept from sale', () => {
  it('stay on hand and are not available', () => {
    givenStreams(dc, tea(ten))
      .when(quarantineStock, put(4))
      .then(onQuarantine(opened(4)), onStock(moved('StockQuarantined', 4)));
    const state = fold(stock, [ten, moved('StockQuarantined', 4)]);
    expect([state.onHand, available(state)]).toEqual([10, 6]);
  });

  it('are no more than is available: what is reserved is promised', () => {
    const reserved = moved('StockReserved', 7, { reservationId: 'o' });
    givenStreams(dc, tea(ten, reserved)).when(quarantineStock, put(4)).thenRefused('out-of-stock');
    givenStreams(dc, tea(ten, moved('StockQuarantined', 7)))
      .when(quarantineStock, put(4))
      .thenRefused('out-of-stock');
  });

  it('are at a place that is registered', () => {
    givenStreams(tea(ten)).when(quarantineStock, put(1)).thenRefused('unknown-location');
  });

  it('are fit for sale again: all of them, or some', () => {
    givenStreams(openOf(4))
      .when(releaseQuarantine, release())
      .then(onQuarantine(released(4)), onStock(moved('StockQuarantineReleased', 4)));
    givenStreams(openOf(4))
      .when(releaseQuarantine, release(1))
      .then(onQuarantine(released(1)), onStock(moved('StockQuarantineReleased', 1)));
  });

  it('are waste: off the books, with a reason', () => {
    const waste = moved('StockScrapped', 3, { quarantineId: 'q', reason: 'moldy' });
    givenStreams(openOf(4, released(1)))
      .when(scrapQuarantine, scrap())
      .then(onQuarantine(scrapped(3)), onStock(waste));
    const state = fold(stock, [ten, moved('StockQuarantined', 3), waste] as EventOf<StockEvents>[]);
    expect([state.onHand, state.quarantined, available(state)]).toEqual([7, 0, 7]);
  });

  it('leave no more than were put aside, and only once', () => {
    givenStreams(openOf(4)).when(releaseQuarantine, release(5)).thenRefused('more-than-quarantined');
    givenStreams(openOf(4, released(3)))
      .when(scrapQuarantine, scrap(2))
      .thenRefused('more-than-quarantined');
    givenStreams(openOf(4, released(4)))
      .when(scrapQuarantine, scrap())
      .thenRefused('quarantine-closed');
    givenStreams().when(releaseQuarantine, release()).thenRefused('unknown-quarantine');
  });
});

describe('what a customer brings back', () => {
  const returned = moved('StockReturned', 5, { returnId: 'q' });
  const bring = (...grades: GradedLine[]): ReturnToStock =>
    Object.assign(new ReturnToStock(), { returnId: 'q', location: 'dc', lines: lines(5), grades, reason: 'wet' });

  it('goes to the shelf when nobody says otherwise', () => {
    givenStreams().when(returnToStock, bring()).then(onStock(returned));
  });

  it('is looked at, or thrown away, as it was graded; what is waste was on hand for no moment', () => {
    const waste = { type: 'QuarantineScrapped', data: { ...kept, lines: lines(1), reason: 'wet' } };
    givenStreams()
      .when(returnToStock, bring({ sku: 'tea', quantity: 2, grade: 'quarantine' }, { sku: 'tea', quantity: 1, grade: 'scrap' }))
      .then(
        onStock(returned, moved('StockQuarantined', 3), moved('StockScrapped', 1, { quarantineId: 'q', reason: 'wet' })),
        onQuarantine({ ...opened(3), data: { ...opened(3).data, returnId: 'q' } }, waste),
      );
  });

  it('is graded by SKU, a bundle by what it is made of, a service not at all', () => {
    const set: TradeLine = {
      ...{ sku: 'set', quantity: 2, unitPrice: { amountMinor: 100, currency: 'GBP' }, amountMinor: 200, stocked: true },
      components: [{ sku: 'tea', quantity: 3 }],
    };
    const postage: TradeLine = { ...set, sku: 'post', stocked: false };
    const asked = [
      { sku: 'set', quantity: 2, grade: 'scrap' as const },
      { sku: 'post', quantity: 1, grade: 'scrap' as const },
      { sku: 'cup', quantity: 1, grade: 'shelf' as const },
      { sku: 'cup', quantity: 2, grade: 'quarantine' as const },
    ];
    expect(gradesOf(asked, [set, postage])).toEqual([
      { sku: 'cup', quantity: 2, grade: 'quarantine' },
      { sku: 'tea', quantity: 6, grade: 'scrap' },
    ]);
  });
});

/** Whatever the rules say to one thing after another, with refusals taken as an answer. */
function history(steps: readonly { what: 'put' | 'release' | 'scrap'; units: number }[]): StateOf {
  const log = new Map<string, AnyEvent[]>([['stock:tea@dc', [ten]]]);
  const stateOf: StateOf = (aggregate, id) => fold(aggregate, (log.get(streamId(aggregate, id)) ?? []) as never[]);
  log.set('location:dc', dc.slice(2) as AnyEvent[]);
  const context = { now: '', by: 'test', given: undefined };
  const decide = {
    put: (units: number) => quarantineStock(put(units), stateOf, context),
    release: (units: number) => releaseQuarantine(release(units), stateOf, context),
    scrap: (units: number) => scrapQuarantine(scrap(units), stateOf, context),
  };
  for (const { what, units } of steps) {
    for (const { stream, events } of unlessRefused(() => decide[what](units))) {
      log.set(stream, [...(log.get(stream) ?? []), ...events]);
    }
  }
  return stateOf;
}

function unlessRefused(rule: () => StreamEvents[]): StreamEvents[] {
  try {
    return rule();
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

describe('quarantine, whatever is put aside, released and scrapped in whatever order', () => {
  const step = fc.record({ what: fc.constantFrom('put', 'release', 'scrap'), units: fc.integer({ min: 1, max: 8 }) });

  it('keeps no more than is there, and every unit is on the shelf, kept or scrapped', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const stateOf = history(steps);
        const shelf = stateOf(stock, 'tea@dc');
        const [papers] = stateOf(quarantine, 'q')?.lines ?? [];
        expect(shelf.quarantined ?? 0).toBe(papers?.kept ?? 0);
        expect(shelf.onHand).toBe(10 - (papers?.scrapped ?? 0));
        expect(available(shelf)).toBeGreaterThanOrEqual(0);
        expect(papers?.kept ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
