import fc from 'fast-check';
import { stock } from '../../../apps/inventory/src/stock/stock';
import { UsageError } from '../command';
import type { Change } from './change';
import { comparisonInWords } from './in-words';
import { rehearse } from './rehearse';
import { compareRuns, type Comparison } from './replay-slice';
import { Run } from './run';
import { Story } from './testing/story';
import { changeOf, sliceOf } from './what-if';

const SLICE = { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };
const compared = (story: Story, change: Change = {}, from = SLICE.from): Comparison =>
  compareRuns(story.script(from), { ...SLICE, from }, change);

const city = (): Story => new Story().place('dc', 'warehouse', 0.5).place('store', 'store', 0.1).place('far', 'warehouse', 3);

const PLACES = ['dc', 'store', 'far'];
const SKUS = ['tea', 'cup'];
const place = fc.constantFrom(...PLACES);
const sku = fc.constantFrom(...SKUS);
const quantity = fc.integer({ min: 1, max: 8 });
const id = fc.nat(15).map((n) => `o${n}`);
type Scene = (story: Story, n: number) => unknown;

/** What may happen in a trade; several of these often within the same millisecond. */
const scene: fc.Arbitrary<Scene> = fc.oneof(
  fc.tuple(sku, place, quantity).map(
    ([what, where, many]): Scene =>
      (story) =>
        story.receive(what, where, many),
  ),
  fc.tuple(sku, place, quantity).map(
    ([what, where, many]): Scene =>
      (story) =>
        story.sell(what, where, many),
  ),
  fc.tuple(sku, quantity, fc.constantFrom(0, 2)).map(
    ([what, many, where]): Scene =>
      (story, n) =>
        story.order(`o${n}`, what, many, where),
  ),
  fc.tuple(sku, quantity, fc.constantFrom(0, 2)).map(
    ([what, many, where]): Scene =>
      (story, n) =>
        story.order(`o${n}`, what, many, where),
  ),
  id.map(
    (order): Scene =>
      (story) =>
        story.release(order),
  ),
  id.map(
    (order): Scene =>
      (story) =>
        story.ship(order),
  ),
  fc.integer({ min: 1, max: 100 }).map(
    (seconds): Scene =>
      (story) =>
        story.later(seconds),
  ),
);
const trade = fc.array(scene, { maxLength: 60 }).map((scenes) => {
  const story = city();
  const begin = Math.floor(scenes.length / 3);
  let from = story.time;
  scenes.forEach((play, n) => {
    if (n === begin) from = story.later(1).time;
    play(story, n);
  });
  return { story, from };
});

describe('a slice of the log, replayed with nothing changed', () => {
  it('comes out as it really did, decision by decision and unit by unit', () => {
    fc.assert(
      fc.property(trade, ({ story, from }) => {
        const script = story.script(from);
        const world = script.opening.copy();
        const { reproduced } = rehearse(script.steps, new Run(world, script.asked));
        expect(reproduced).toMatchObject({ same: reproduced.decisions, differing: [] });
        for (const what of SKUS) {
          for (const where of PLACES) {
            const name = `${what}@${where}`;
            const [played, really] = [world.stateOf(stock, name), story.world.stateOf(stock, name)];
            expect([name, played.onHand, played.reserved.units]).toEqual([name, really.onHand, really.reserved.units]);
          }
        }
      }),
      { numRuns: 500, seed: 20_260_306 },
    );
  });

  it('comes out nearly the same where most of it happened within milliseconds, which the lanes tell in another order', () => {
    let [decisions, same] = [0, 0];
    fc.assert(
      fc.property(trade, fc.integer(), ({ story, from }, salt) => {
        // Within a millisecond the log keeps the order of each stream: lanes may come in any order.
        const lane = ({ stream }: { stream: string }): number => (stream.length * 31 + salt) % 3;
        story.events.sort((a, b) =>
          a.recordedAt === b.recordedAt ? lane(a) - lane(b) || a.position - b.position : a.recordedAt < b.recordedAt ? -1 : 1,
        );
        const { opening, steps, asked } = story.script(from);
        const { reproduced } = rehearse(steps, new Run(opening.copy(), asked));
        expect(reproduced.decisions).toBe(steps.filter(({ kind }) => kind === 'ask').length);
        decisions += reproduced.decisions;
        same += reproduced.same;
      }),
      { numRuns: 500, seed: 20_260_307 },
    );
    expect(same / decisions).toBeGreaterThan(0.95);
  });

  it('finds out when the log and the rules do not agree', () => {
    const story = city().receive('tea', 'store', 5).later(1).order('o1', 'tea', 1);
    const made = story.events.find(({ type }) => type === 'StockReservationMade');
    Object.assign(made!.data as object, { location: 'far' });
    expect(compared(story).reproduced).toEqual({ decisions: 1, same: 0, differing: ['o1'] });
  });

  it('changes nothing for anybody', () => {
    const story = city().receive('tea', 'store', 5).receive('tea', 'far', 5).later(1);
    story.order('o1', 'tea', 4).order('o2', 'tea', 4).order('o3', 'tea', 4).later(60).ship('o1').release('o2');
    const { baseline, changed, affected } = compared(story);
    expect(changed).toEqual(baseline);
    expect(baseline).toMatchObject({ orders: 3, filled: 2, refused: 1, units: 12, unitsFilled: 8 });
    expect(affected).toMatchObject({ gained: 0, lost: 0, moved: 0 });
  });
});

describe('with another safety stock', () => {
  const story = (): Story => {
    const told = city().receive('tea', 'store', 5).receive('tea', 'far', 3).later(1);
    return told.order('o1', 'tea', 4).later(1).sell('tea', 'store', 3).later(1).order('o2', 'tea', 1);
  };

  it('a store keeps units for those who walk in: less is oversold, and orders come from farther away', () => {
    const { baseline, changed, affected } = compared(story(), { safetyStock: 2 });
    expect([baseline.oversold, changed.oversold]).toEqual([2, 0]);
    expect([baseline.fillRate, changed.fillRate]).toEqual([1, 0.5]);
    expect(affected).toMatchObject({ gained: 0, lost: 1, examples: { lost: ['o1'] } });
    expect(changed.meanDistanceKm).toBeGreaterThan(100);
  });

  it('of none, a policy that is in force is lifted', () => {
    const told = city().receive('tea', 'store', 5);
    const policy = { sku: 'tea', location: 'store', scope: 'place', safetyStock: 5, quotas: [] };
    told.fact('stock:tea@store', 'StockPromisePolicySet', policy).later(1).order('o1', 'tea', 1);
    const { reproduced, baseline, changed, affected } = compared(told, { safetyStock: 0 });
    expect(reproduced.same).toBe(1);
    expect([baseline.filled, changed.filled, affected.examples.gained]).toEqual([0, 1, ['o1']]);
  });
});

describe('with another time to live', () => {
  it('a cart that nobody pays for lets go sooner, and somebody else gets the goods', () => {
    const story = city().receive('tea', 'store', 1).later(1).cart('c1', 'tea', 'store', 1);
    story.later(60).order('o1', 'tea', 1).later(600).expire('c1').later(1).order('o2', 'tea', 1);
    const { reproduced, baseline, changed, affected } = compared(story, { ttlSeconds: 30 });
    expect(reproduced).toMatchObject({ decisions: 3, same: 3 });
    expect([baseline.filled, changed.filled]).toEqual([1, 1]);
    expect(affected.examples).toMatchObject({ gained: ['o1'], lost: ['o2'] });
  });

  it('a longer one holds goods that somebody else would have got', () => {
    const story = city().receive('tea', 'store', 1).later(1).cart('c1', 'tea', 'store', 1);
    story.later(60).expire('c1').later(1).order('o1', 'tea', 1);
    expect(compared(story, { ttlSeconds: 3600 }).affected.examples.lost).toEqual(['o1']);
  });

  it('an order that is confirmed in time keeps its goods, and one that is not loses them', () => {
    const story = city().receive('tea', 'store', 2).later(1).order('o1', 'tea', 1).order('o2', 'tea', 1);
    story.later(5).confirm('o1').later(60).confirm('o2').later(1).ship('o1').ship('o2');
    const { baseline, changed } = compared(story, { ttlSeconds: 30 });
    expect([baseline.filled, changed.filled, changed.expired]).toEqual([2, 1, 1]);
  });
});

describe('the slice', () => {
  it('begins with what there was, and asks again for nothing that was decided before', () => {
    const story = city().receive('tea', 'store', 5).order('o1', 'tea', 2).later(10);
    const from = story.time;
    story.order('o2', 'tea', 3).order('o3', 'tea', 1).later(1).release('o1');
    expect(compared(story, {}, from)).toMatchObject({
      reproduced: { decisions: 2, same: 2 },
      baseline: { orders: 2, filled: 1, refused: 1 },
    });
  });

  it('is from the beginning until now unless it is said, and ends after it begins', () => {
    const now = new Date('2026-03-01T00:00:00.000Z');
    expect(sliceOf({}, now)).toEqual({ from: '1970-01-01T00:00:00.000Z', to: now.toISOString() });
    expect(sliceOf({ from: '2026-01-01', to: '2026-02-01T12:00:00+08:00' }, now)).toEqual({
      ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T04:00:00.000Z' },
    });
    expect(() => sliceOf({ from: '2026-04-01' }, now)).toThrow(UsageError);
    expect(() => sliceOf({ from: 'monday' }, now)).toThrow(UsageError);
  });
});

describe('a change', () => {
  it('is a safety stock, a time to live, or both', () => {
    expect(changeOf({ 'safety-stock': '0', ttl: '60' })).toEqual({ safetyStock: 0, ttlSeconds: 60 });
  });

  it.each([
    {},
    { 'safety-stock': '-1' },
    { 'safety-stock': 'many' },
    { ttl: '0' },
    { ttl: '1.5' },
    { 'safety-stock': '1000001' },
  ])('is not %j', (told) => {
    expect(() => changeOf(told)).toThrow(UsageError);
  });
});

describe('the report', () => {
  it('puts both runs side by side, as a table and as bars', () => {
    const story = city().receive('tea', 'store', 2).later(1).order('o1', 'tea', 1).order('o2', 'tea', 1);
    const lines = comparisonInWords(compared(story, { safetyStock: 1 })).split('\n');
    expect(lines[0]).toBe(`${SLICE.from} to ${SLICE.to}: 2 orders, 10 events, with a safety stock of 1 everywhere.`);
    expect(lines).toEqual(
      expect.arrayContaining([
        '           as it was  changed  difference  unit',
        'fill rate        100       50         -50  %',
        `  as it was  ${'█'.repeat(32)}  100 %`,
        `  changed    ${'█'.repeat(16)}${' '.repeat(16)}  50 %`,
        'Replayed with nothing changed, all 2 decisions come out as they did.',
      ]),
    );
  });
});
