import { croston } from './croston';
import type { Smoother } from './smoother';
import { tsb } from './tsb';

const sells = (smoother: Smoother<unknown>, units: readonly number[]): number =>
  smoother.rate(
    units.reduce((state: unknown, quantity) => smoother.observe(state, quantity, 1), smoother.begin([])),
    1,
  );
const everyFifthDay = Array.from({ length: 200 }, (_, day) => (day % 5 === 4 ? 10 : 0));
const sba = croston({ name: 'croston-sba', weight: 0.1 }) as Smoother<unknown>;
const chances = tsb({ name: 'tsb', size: 0.2, probability: 0.1 }) as Smoother<unknown>;

describe('ten units every fifth day', () => {
  it("are two a day less the correction of Croston's bias", () => {
    expect(sells(sba, everyFifthDay)).toBeCloseTo(2 * 0.95, 5);
  });

  it('are about two a day by their probability', () => {
    expect(sells(chances, everyFifthDay)).toBeGreaterThan(1.5);
    expect(sells(chances, everyFifthDay)).toBeLessThan(2.5);
  });
});

describe('a product that nobody asks for any more', () => {
  const ended = [...everyFifthDay, ...Array.from({ length: 60 }, () => 0)];

  it('fades away by its probability', () => {
    expect(sells(chances, ended)).toBeLessThan(0.01);
  });

  it("lives on with Croston's method, which learns from demands alone", () => {
    expect(sells(sba, ended)).toBe(sells(sba, everyFifthDay));
  });
});

it('a first demand after twenty days is taken for one in twenty days', () => {
  const late = [...Array.from({ length: 19 }, () => 0), 40];
  expect(sells(sba, late)).toBeCloseTo((0.95 * 40) / 20, 5);
});
