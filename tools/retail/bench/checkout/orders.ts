/** The small world in which orders are placed: every product at every place, more than will be sold. */
export const PRODUCTS = 1000;
export const PLACES = 10;
const CUSTOMERS = 10_000;
const LINES = 2;
const MOST_UNITS = 3;

/** A city of some thirty kilometers. */
const CENTER = { latitude: 30.25, longitude: 120.16 };
const HALF_DEGREES = 0.15;

export const skuOf = (n: number): string => `BENCH-${String(n).padStart(4, '0')}`;
export const placeOf = (n: number): string => `bench-${n}`;

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Somewhere in the city. */
export function spot(random: () => number): { latitude: number; longitude: number } {
  const near = (center: number): number => Number((center + (2 * random() - 1) * HALF_DEGREES).toFixed(5));
  return { latitude: near(CENTER.latitude), longitude: near(CENTER.longitude) };
}

/** An order of two different products, as `POST /storefront/orders` takes it: JSON text. */
export function orderText(random: () => number): string {
  const upTo = (n: number): number => Math.floor(random() * n);
  const first = upTo(PRODUCTS);
  const skus = Array.from({ length: LINES }, (_, n) => skuOf((first + n * (1 + upTo(PRODUCTS - 1))) % PRODUCTS));
  const lines = skus.map((sku) => ({ sku, quantity: 1 + upTo(MOST_UNITS) }));
  return JSON.stringify({ customer: `customer-${upTo(CUSTOMERS)}`, currency: 'CNY', lines, deliverTo: spot(random) });
}
