import { orderText, seeded } from './orders';

describe('the orders of a load', () => {
  const orders = (seed: number): string[] => {
    const random = seeded(seed);
    return Array.from({ length: 500 }, () => orderText(random));
  };

  it('are the same for the same seed, and others for another', () => {
    expect(orders(1)).toEqual(orders(1));
    expect(orders(1)).not.toEqual(orders(2));
  });

  it('have two lines of different products each', () => {
    for (const text of orders(3)) {
      const { lines } = JSON.parse(text) as { lines: { sku: string; quantity: number }[] };
      expect(new Set(lines.map(({ sku }) => sku)).size).toBe(2);
      expect(lines.every(({ quantity }) => quantity >= 1)).toBe(true);
    }
  });
});
