/** What kind of mover a product is, which decides how it is forecast. */
export type DemandClass = 'smooth' | 'erratic' | 'intermittent' | 'lumpy' | 'new';

/** How demand behaves: how often, and how evenly. */
export interface DemandPattern {
  class: DemandClass;
  /** Average demand interval: trading days per day with demand. Absent while there is no demand. */
  averageInterval?: number;
  /** Squared coefficient of variation of the units on days with demand. */
  squaredVariation?: number;
}

/** Where Croston's method begins to beat exponential smoothing (Syntetos, Boylan and Croston 2005, J. Oper. Res. Soc. 56). */
const INTERVAL_CUTOFF = 1.32;
const VARIATION_CUTOFF = 0.49;
/** An interval has two ends. */
const FEWEST_DEMANDS = 2;

/**
 * Classifies a product by its own history, one number per trading day:
 *
 * |                    | even sizes   | uneven sizes |
 * | ------------------ | ------------ | ------------ |
 * | nearly every day   | smooth       | erratic      |
 * | now and then       | intermittent | lumpy        |
 *
 * A product with fewer than two days of demand is new: nothing is known yet.
 */
export function classify(units: readonly number[]): DemandPattern {
  const demands = units.filter((quantity) => quantity > 0);
  if (demands.length < FEWEST_DEMANDS) return { class: 'new' };
  const mean = demands.reduce((sum, quantity) => sum + quantity, 0) / demands.length;
  const variance = demands.reduce((sum, quantity) => sum + (quantity - mean) ** 2, 0) / demands.length;
  const averageInterval = units.length / demands.length;
  const squaredVariation = variance / mean ** 2;
  return { class: classOf(averageInterval, squaredVariation), averageInterval, squaredVariation };
}

function classOf(interval: number, variation: number): DemandClass {
  const isEven = variation < VARIATION_CUTOFF;
  if (interval < INTERVAL_CUTOFF) return isEven ? 'smooth' : 'erratic';
  return isEven ? 'intermittent' : 'lumpy';
}
