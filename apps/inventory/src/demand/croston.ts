import { smoothed, type Smoother } from './smoother';
import { mean } from './statistics';

export interface Croston {
  name: 'croston-sba';
  /** Weight of a new demand, in its size and in the interval before it. */
  weight: number;
}

interface Demands {
  size: number;
  interval: number;
  /** Trading days since the last demand, counting this one. */
  since: number;
}

/**
 * Croston's method for slow movers: sizes and intervals of demands are smoothed apart, so that a day without demand is not taken for
 * a falling level (Croston 1972, Oper. Res. Quarterly 23). The quotient of two averages is too high on average, for which the
 * Syntetos-Boylan approximation takes off half the weight (2005, Int. J. Forecasting 21).
 *
 *     rate = (1 − weight/2) size / interval
 */
export function croston({ weight }: Croston): Smoother<Demands> {
  return {
    begin: (first) => {
      const demands = first.filter((units) => units > 0);
      return { size: mean(demands), interval: first.length / Math.max(1, demands.length), since: 1 };
    },
    observe: ({ size, interval, since }, units) => {
      if (units <= 0) return { size, interval, since: since + 1 };
      // A product that had never sold learns from its first demand alone.
      if (size === 0) return { size: units, interval: since, since: 1 };
      return { size: smoothed(size, units, weight), interval: smoothed(interval, since, weight), since: 1 };
    },
    rate: ({ size, interval }) => ((1 - weight / 2) * size) / Math.max(1, interval),
  };
}
