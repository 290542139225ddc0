import { numberOf } from './business-day';
import { chooseMethods, type HeldOut } from './choose-method';
import { CANDIDATES, USUAL } from './methods';
import { rhythmOf } from './trading-rhythm';

const MONDAY = numberOf('2026-03-02');

function held(units: readonly number[], sold: readonly number[], traded = sold.map(() => true)): HeldOut {
  const days = units.map((_, n) => MONDAY + n);
  return {
    past: { units, rhythm: rhythmOf({ days, units: days.map(() => 100), through: MONDAY + days.length - 1 }) },
    sold,
    traded,
  };
}
const repeated = (units: number, times: number): number[] => Array.from({ length: times }, () => units);

describe('the method of a class', () => {
  it('is the usual one where nothing speaks for another', () => {
    expect(chooseMethods([])).toEqual(USUAL);
  });

  it('follows fast where levels jump', () => {
    const jumped = held([...repeated(10, 28), ...repeated(30, 7)], repeated(30, 7));
    expect(chooseMethods([jumped]).smooth).toMatchObject({ name: 'holt-winters', level: 0.3 });
  });

  it('keeps calm where a level only looks as if it had jumped', () => {
    const back = held([...repeated(10, 28), ...repeated(20, 3)], repeated(10, 7));
    expect(chooseMethods([back]).smooth).toMatchObject({ name: 'holt-winters', level: 0.05 });
  });

  it('is judged on days on which the place was open, not on a holiday', () => {
    const units = [...repeated(10, 28), ...repeated(30, 7)];
    const open = [true, true, false, false, false, false, false];
    const shut = held(units, [30, 30, 0, 0, 0, 0, 0], open);
    expect(chooseMethods([shut]).smooth).toMatchObject({ level: 0.3 });
  });

  it('is always one of its candidates or the usual one', () => {
    const cases = [held([0, 3, 0, 0, 3, 0, 0], [1, 0, 0]), held([0, 1, 0, 0, 50, 0, 0], [9, 0, 0]), held([0, 1, 0], [0])];
    for (const [name, method] of Object.entries(chooseMethods(cases))) {
      const possible = [...CANDIDATES[name as keyof typeof CANDIDATES], USUAL[name as keyof typeof USUAL]];
      expect(possible).toContainEqual(method);
    }
  });
});
