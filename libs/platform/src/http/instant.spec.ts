import { instantIn, pastInstantIn } from './instant';
import { Problem } from './problem';

const NOW = new Date('2026-03-01T12:00:00.000Z');

describe('a moment in a query', () => {
  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T09:30', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T09:30:00.123456Z', '2026-01-31T09:30:00.123Z'],
    ['2026-01-31T09:30:00+08:00', '2026-01-31T01:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(instantIn('asOf', text)).toBe(instant);
  });

  it.each(['', 'yesterday', '2026', '1767225600', '2026-13-01', '2026-02-30', '2026-02-30T10:00:00Z', '2026-01-31T25:00:00Z'])(
    'is not "%s"',
    (text) => {
      expect(() => instantIn('asOf', text)).toThrow(/invalid-time/);
    },
  );

  it('may have to be in the past, and now is', () => {
    expect(pastInstantIn('asOf', NOW.toISOString(), NOW)).toBe(NOW.toISOString());
    expect(() => pastInstantIn('asOf', '2026-03-01T12:00:00.001Z', NOW)).toThrow(/time-in-the-future/);
    expect(() => pastInstantIn('asOf', '2026-03-02', NOW)).toThrow(Problem);
  });
});
