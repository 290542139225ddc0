import type { Bench } from './frame/bench';

/** Every benchmark by its name. Each loads what it needs when it is run. */
export const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  append: async () => (await import('./append/append.js')).append,
  checkout: async () => (await import('./checkout/checkout.js')).checkout,
  'hot-stream': async () => (await import('./append/hot-stream.js')).hotStream,
};
