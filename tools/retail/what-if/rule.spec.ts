import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIRST_RULE } from '../../../apps/inventory/src/sourcing/sourcing-rule';
import { UsageError } from '../command';
import type { Change } from './change';
import { compareRuns, type Comparison } from './replay-slice';
import { Story } from './testing/story';
import { changeOf } from './what-if';

const SLICE = { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };
const compared = (story: Story, change: Change): Comparison => compareRuns(story.script(SLICE.from), SLICE, change);
const city = (): Story => new Story().place('dc', 'warehouse', 0.5).place('store', 'store', 0.1).place('far', 'warehouse', 3);
const weights = FIRST_RULE.weights;

describe('with another sourcing rule', () => {
  it('orders that were refused come in two parcels', () => {
    const story = city().receive('tea', 'store', 2).receive('tea', 'dc', 2).later(1).order('o1', 'tea', 3);
    const { reproduced, baseline, changed, affected } = compared(story, { rule: { ...FIRST_RULE, maxParcels: 2 } });
    expect(reproduced.same).toBe(1);
    expect(baseline).toMatchObject({ filled: 0, splits: 0, parcels: 0 });
    expect(changed).toMatchObject({ filled: 1, splits: 1, parcels: 2 });
    expect(affected.examples.gained).toEqual(['o1']);
  });

  it('what is in several parcels leaves with the last of them', () => {
    const story = city().receive('tea', 'store', 2).receive('tea', 'dc', 2).later(1).order('o1', 'tea', 3).later(1);
    const { changed } = compared(story.receive('tea', 'dc', 1).order('o2', 'tea', 2).later(1), {
      rule: { ...FIRST_RULE, maxParcels: 2 },
    });
    expect(changed).toMatchObject({ orders: 2, filled: 2, unitsFilled: 5 });
  });

  it('orders come from farther away when the way counts for nothing', () => {
    const story = city().receive('tea', 'store', 4).receive('tea', 'dc', 100).later(1).order('o1', 'tea', 3);
    const rule = { ...FIRST_RULE, maxExcessKm: 100, weights: { ...weights, distance: 0, promise: 10 } };
    const { baseline, changed, affected } = compared(story, { rule });
    expect(affected).toMatchObject({ moved: 1, gained: 0, lost: 0 });
    expect(changed.meanDistanceKm).toBeGreaterThan(4 * baseline.meanDistanceKm);
  });

  it('what expires soon is sent first when the rule wants to be rid of it', () => {
    const lots = (quantity: number, expiresOn: string) => [{ lot: 'L1', quantity, expiresOn }];
    const story = city().receive('tea', 'store', 9).later(1);
    const milk = { sku: 'tea', location: 'dc', quantity: 9, receiptId: 'r', lots: lots(9, '2026-01-03') };
    story.fact('stock:tea@dc', 'StockReceived', milk).later(1).order('o1', 'tea', 1);
    const rule = { ...FIRST_RULE, maxExcessKm: 100, weights: { ...weights, freshness: -100 } };
    const { reproduced, affected } = compared(story, { rule });
    expect(reproduced).toMatchObject({ decisions: 1, same: 1 });
    expect(affected.examples.moved).toEqual(['o1']);
  });

  it('as the one that was in force when they were decided, they come from where they came from', () => {
    const rule = { ...FIRST_RULE, maxExcessKm: 100, weights: { ...weights, distance: 0, promise: 10 } };
    const story = city().receive('tea', 'store', 4).receive('tea', 'dc', 100).later(1);
    story.fact('sourcing-rule:orders', 'SourcingRuleSet', { version: 1, rule }).later(1).order('o1', 'tea', 3);
    const { reproduced, baseline, changed } = compared(story, { rule: FIRST_RULE });
    expect(reproduced).toEqual({ decisions: 1, same: 1, differing: [] });
    expect(baseline.meanDistanceKm).toBeGreaterThan(4 * changed.meanDistanceKm);
  });

  it('what a place could not give comes from elsewhere in both runs, or stays where nobody else has it', () => {
    const story = city().receive('tea', 'store', 4).receive('tea', 'dc', 4).later(1).order('o1', 'tea', 3).later(1);
    story.cannotGive('o1', 'store').later(1).cannotGive('o1', 'dc').later(1).order('o2', 'tea', 4);
    const { reproduced, baseline, changed } = compared(story, { rule: { ...FIRST_RULE, maxParcels: 2 } });
    expect(reproduced).toEqual({ decisions: 2, same: 2, differing: [] });
    expect(baseline).toMatchObject({ filled: 2, splits: 0 });
    expect(changed).toEqual(baseline);
  });
});

describe('a sourcing rule in a file', () => {
  let folder = '';
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'new-retail-rule-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (text: string): string => {
    const path = join(folder, 'rule.json');
    writeFileSync(path, text);
    return path;
  };

  it('is what the service answers, or what it is sent', () => {
    const answered = JSON.stringify({ id: 'orders', version: 3, ...FIRST_RULE, maxParcels: 2 });
    expect(changeOf({ rule: file(answered) }).rule).toMatchObject({ ...FIRST_RULE, maxParcels: 2 });
    expect(changeOf({ rule: file(JSON.stringify(FIRST_RULE)), ttl: '60' })).toMatchObject({ ttlSeconds: 60 });
  });

  it.each([
    ['a weight that is none', JSON.stringify({ ...FIRST_RULE, weights: { ...weights, distance: 'far' } }), 'weights.distance'],
    ['a part that is missing', JSON.stringify({ ...FIRST_RULE, cost: undefined }), 'cost'],
    ['a part that nobody knows', JSON.stringify({ ...FIRST_RULE, moon: 1 }), 'moon'],
    ['a hundred parcels', JSON.stringify({ ...FIRST_RULE, maxParcels: 100 }), 'maxParcels'],
    ['no object', '[]', 'no JSON object'],
    ['no JSON', '{"weights":', 'cannot be read'],
  ])('is not %s', (_, text, named) => {
    expect(() => changeOf({ rule: file(text) })).toThrow(UsageError);
    expect(() => changeOf({ rule: file(text) })).toThrow(named);
  });

  it('is there', () => {
    expect(() => changeOf({ rule: join(folder, 'no-such.json') })).toThrow('cannot be read');
  });
});
