import type { WeeklyHours } from '#libs/contracts';
import { isTimeZone, minutesUntilOpen, weeklyHours } from './opening-hours';

const shop: WeeklyHours = {
  monday: [
    { opens: '08:00', closes: '12:00' },
    { opens: '13:00', closes: '24:00' },
  ],
  tuesday: [{ opens: '00:00', closes: '02:00' }],
};
/** 2026-03-02 is a Monday; Shanghai is eight hours ahead of UTC. */
const inShanghai = (at: string): number | undefined => minutesUntilOpen(shop, 'Asia/Shanghai', `${at}:00.000Z`);

describe('opening hours', () => {
  it('are in the order of the day, without days off', () => {
    const { monday = [] } = shop;
    expect(weeklyHours({ monday: monday.toReversed(), sunday: [] })).toEqual({ monday });
  });

  it.each([
    ['08:00', '08:00'],
    ['22:00', '02:00'],
  ])('cannot end before they begin: %s to %s', (opens, closes) => {
    expect(() => weeklyHours({ friday: [{ opens, closes }] })).toThrow('opening-hours-backwards');
  });

  it('cannot overlap', () => {
    const hours = [
      { opens: '12:00', closes: '18:00' },
      { opens: '08:00', closes: '12:01' },
    ];
    expect(() => weeklyHours({ sunday: hours })).toThrow('opening-hours-overlap');
    expect(weeklyHours({ sunday: [hours[0], { opens: '08:00', closes: '12:00' }] as never })).toBeDefined();
  });
});

describe('a place', () => {
  it.each([
    ['in the middle of a stretch', '2026-03-02T02:00', 0],
    ['the minute it opens', '2026-03-02T00:00', 0],
    ['half an hour before it opens', '2026-03-01T23:30', 30],
    ['over lunch', '2026-03-02T04:15', 45],
    ['at midnight, in the stretch that goes on', '2026-03-02T16:00', 0],
    ['the minute it closes, until next week', '2026-03-02T18:00', 5 * 24 * 60 + 22 * 60 + 8 * 60],
  ])('opens %s', (_, at, minutes) => {
    expect(inShanghai(at)).toBe(minutes);
  });

  it('without hours is always open, and with none at all never', () => {
    expect(minutesUntilOpen(undefined, 'UTC', '2026-03-02T00:00:00.000Z')).toBe(0);
    expect(minutesUntilOpen({}, 'UTC', '2026-03-02T00:00:00.000Z')).toBeUndefined();
  });
});

describe('a time zone', () => {
  it.each(['Asia/Shanghai', 'Europe/London', 'UTC'])('is %s', (name) => expect(isTimeZone(name)).toBe(true));
  it.each(['Asia/Hangzhou2', '+08:00', '', 'local'])('is not "%s"', (name) => expect(isTimeZone(name)).toBe(false));
});
