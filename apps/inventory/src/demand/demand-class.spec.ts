import { classify } from './demand-class';

describe('a product', () => {
  it.each([
    ['smooth', [4, 5, 6, 5, 4, 5], 1, 0.0205],
    ['erratic', [1, 20, 1, 2, 1, 30], 1, 1.592],
    ['intermittent', [0, 3, 0, 0, 3, 0], 3, 0],
    ['lumpy', [0, 1, 0, 0, 40, 0], 3, 0.905],
  ] as const)('is %s when it sells like %j', (name, units, interval, variation) => {
    const pattern = classify(units);
    expect(pattern).toMatchObject({ class: name, averageInterval: interval });
    expect(pattern.squaredVariation).toBeCloseTo(variation, 2);
  });

  it.each([[[]], [[0, 0, 0]], [[0, 7, 0]]])('is new while fewer than two days had demand: %j', (units) => {
    expect(classify(units)).toEqual({ class: 'new' });
  });
});
