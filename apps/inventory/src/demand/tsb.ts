import { smoothed, type Smoother } from './smoother';
import { mean } from './statistics';

export interface Tsb {
  name: 'tsb';
  /** Weight of a new demand in the usual size. */
  size: number;
  /** Weight of a day in the probability that a day has demand. */
  probability: number;
}

interface Chance {
  size: number;
  probability: number;
}

/**
 * Smooths the probability of a demand every day and its size when there is one, so that, other than with Croston's method, a
 * product that nobody asks for any more fades away (Teunter, Syntetos and Babai 2011, Eur. J. Oper. Res. 214).
 *
 *     rate = probability × size
 */
export function tsb({ size: sizeWeight, probability: chanceWeight }: Tsb): Smoother<Chance> {
  return {
    begin: (first) => {
      const demands = first.filter((units) => units > 0);
      return { size: mean(demands), probability: first.length === 0 ? 0 : demands.length / first.length };
    },
    observe: ({ size, probability }, units) => {
      if (units <= 0) return { size, probability: smoothed(probability, 0, chanceWeight) };
      const known = size === 0 ? units : smoothed(size, units, sizeWeight);
      return { size: known, probability: smoothed(probability, 1, chanceWeight) };
    },
    rate: ({ size, probability }) => size * probability,
  };
}
