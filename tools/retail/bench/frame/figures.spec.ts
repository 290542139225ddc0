import { figureLines } from './bars';
import { holds, shortfalls, type Figure } from './figures';

const speed: Figure = { name: 'ordersPerSecond', unit: '/s', bound: { atLeast: 400 }, aim: 1200 };
const cost: Figure = { name: 'cpuMsPerOrder', unit: 'ms', bound: { atMost: 4 } };
const extra: Figure = { name: 'p50Ms', unit: 'ms' };

describe('a figure', () => {
  it.each([
    [speed, 400, true],
    [speed, 399.9, false],
    [cost, 4, true],
    [cost, 4.1, false],
    [extra, 1e9, true],
  ])('%j at %d: %s', (figure, value, expected) => {
    expect(holds(figure, value)).toBe(expected);
  });

  it.each([speed, cost])('that was not measured does not hold', (figure) => {
    expect(holds(figure, NaN)).toBe(false);
    expect(holds(figure, undefined)).toBe(false);
  });
});

describe('what fell short', () => {
  it('is said with the value and the bound', () => {
    expect(shortfalls([speed, cost, extra], { ordersPerSecond: 312.4, cpuMsPerOrder: 5.25 })).toEqual([
      'ordersPerSecond is 312.4 /s, but has to be at least 400',
      'cpuMsPerOrder is 5.25 ms, but has to be at most 4',
    ]);
  });

  it('is nothing when every bound holds', () => {
    expect(shortfalls([speed, cost, extra], { ordersPerSecond: 1500, cpuMsPerOrder: 0.9 })).toEqual([]);
  });
});

describe('a figure on the terminal', () => {
  it('is a bar beside its bound and its aim, the longest over the full width', () => {
    const [head, ...bars] = figureLines(speed, { ordersPerSecond: 600 });
    expect(head).toBe('ok     ordersPerSecond');
    expect(bars.map((line) => (line.match(/█/g) ?? []).length)).toEqual([16, 11, 32]);
  });

  it('that falls short says so', () => {
    expect(figureLines(cost, { cpuMsPerOrder: 8 })[0]).toBe('SHORT  cpuMsPerOrder');
  });

  it('without a bound is one line', () => {
    expect(figureLines(extra, { p50Ms: 12.345 })).toEqual(['  p50Ms: 12.35 ms']);
  });
});
