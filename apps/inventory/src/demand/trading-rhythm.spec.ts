import { numberOf, weekdayOf } from './business-day';
import { holidaysIn } from './holidays';
import { rhythmOf, type TradingCalendar } from './trading-rhythm';

const MONDAY = numberOf('2026-03-02');
const [SATURDAY, SUNDAY] = [5, 6];

/** Weeks from Monday on, in which a weekday sells so much; nothing where the place is closed. */
function calendar(weeks: number, unitsOn: (weekday: number, week: number) => number): TradingCalendar {
  const all = Array.from({ length: 7 * weeks }, (_, n) => ({ day: MONDAY + n, units: unitsOn(n % 7, Math.floor(n / 7)) }));
  const traded = all.filter(({ units }) => units > 0);
  return { days: traded.map(({ day }) => day), units: traded.map(({ units }) => units), through: MONDAY + 7 * weeks - 1 };
}

describe('a weekday', () => {
  it('is counted from Monday', () => {
    expect([MONDAY, MONDAY + 6, numberOf('1970-01-01')].map(weekdayOf)).toEqual([0, 6, 3]);
  });
});

describe('the week of a place', () => {
  it('knows the day of rest', () => {
    const { openness } = rhythmOf(calendar(8, (weekday) => (weekday === SATURDAY ? 0 : 10)));
    expect(openness).toEqual([1, 1, 1, 1, 1, 0, 1]);
  });

  it('forgets opening hours of long ago', () => {
    const { openness } = rhythmOf(calendar(12, (weekday, week) => (weekday === SUNDAY && week >= 8 ? 0 : 10)));
    expect(openness[SUNDAY]).toBe(0);
  });

  it('knows good and quiet weekdays, the better the longer it has watched', () => {
    const quietSundays = (weekday: number): number => (weekday === SUNDAY ? 5 : 10);
    const [early = 1, late = 1] = [1, 20].map((weeks) => rhythmOf(calendar(weeks, quietSundays)).weekdayIndex[SUNDAY]);
    expect(late).toBeLessThan(early);
    expect(late).toBeCloseTo(5 / (65 / 7), 1);
  });

  it('is not moved by one extraordinary day', () => {
    const flat = rhythmOf(calendar(9, () => 10)).weekdayIndex;
    const spiked = rhythmOf(calendar(9, (weekday, week) => (weekday === 1 && week === 4 ? 70_000 : 10))).weekdayIndex;
    expect(spiked[1]).toBeCloseTo(flat[1] ?? 0, 5);
  });

  it('takes holidays for no sign of its weekdays', () => {
    const { openness } = rhythmOf(calendar(8, (weekday, week) => (weekday === SATURDAY || week === 6 ? 0 : 10)));
    expect(openness).toEqual([1, 1, 1, 1, 1, 0, 1]);
  });

  it('takes a weekday that was never seen for open', () => {
    const { openness } = rhythmOf({ days: [MONDAY], units: [3], through: MONDAY });
    expect(openness).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });
});

describe('holidays', () => {
  it('are longer than the pauses that a place always makes', () => {
    const isHoliday = holidaysIn([1, 2, 4, 5, 6, 16, 17]);
    expect([3, 7, 15, 16].map(isHoliday)).toEqual([false, true, true, false]);
  });

  it('are none where long pauses are usual', () => {
    expect(holidaysIn([1, 11, 20, 32])(5)).toBe(false);
  });
});
