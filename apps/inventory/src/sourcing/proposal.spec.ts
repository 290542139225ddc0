import { Search } from './search';
import { everywhere, nearby, withoutWays } from './proposal';
import { FIRST_RULE } from './sourcing-rule';
import { HOME, placeAt, stocked, wanting } from './testing/world';

describe('a proposal', () => {
  const places = Array.from({ length: 8 }, (_, n) => placeAt(`p${n}`, n + 1));
  const units = (...counts: number[]): Record<string, number> => Object.fromEntries(counts.map((count, n) => [`p${n}`, count]));
  const search = (...counts: number[]): Search => new Search(wanting(2), stocked(places, units(...counts)), FIRST_RULE);

  it('is the three best places, because each is looked at exactly', () => {
    expect(nearby(search(9, 9, 9, 9, 9, 9, 9, 9)).candidates.map(({ location }) => location)).toEqual(['p0', 'p1', 'p2']);
  });

  it('is the best place alone where that has plenty, because orders of the same moment leave enough', () => {
    expect(nearby(search(40, 9, 9)).candidates.map(({ location }) => location)).toEqual(['p0']);
    expect(nearby(search(39, 9, 9)).candidates.map(({ location }) => location)).toEqual(['p0', 'p1', 'p2']);
  });

  it('notes the five best with their scores, and how many could', () => {
    const { decision } = nearby(search(8, 8, 8, 8, 8, 8, 8, 8));
    expect(decision.feasible).toBe(8);
    expect(decision.considered).toHaveLength(5);
    expect(decision.considered[0]).toEqual({ location: 'p0', points: 1.25, distanceKm: 1, promise: 0.25, costMinor: 705 });
  });

  it('notes who is nearer and was passed over, and why', () => {
    const { decision } = nearby(search(1, 0, 9, 1));
    expect(decision).toMatchObject({ feasible: 1, considered: [{ location: 'p2' }] });
    expect(decision.passedOver).toEqual([
      { location: 'p0', obstacle: 'short' },
      { location: 'p1', obstacle: 'short' },
    ]);
  });

  it('notes the nearest with their reasons when nobody could', () => {
    const { decision } = everywhere(search(0, 0, 1, 1, 1));
    const passedOver = ['p0', 'p1', 'p2'].map((location) => ({ location, obstacle: 'short' }));
    expect(decision).toEqual({ feasible: 0, considered: [], passedOver, deliverTo: HOME });
  });

  it('says nothing of ways where they would tell where somebody lives', () => {
    expect(withoutWays(nearby(search(9, 0, 9, 9)).decision)).toEqual({
      feasible: 3,
      considered: [{ location: 'p0' }, { location: 'p2' }, { location: 'p3' }],
    });
  });
});
