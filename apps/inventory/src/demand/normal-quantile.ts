/** Abramowitz and Stegun 1964, Handbook of Mathematical Functions, 26.2.23. */
const NUMERATOR = [2.515517, 0.802853, 0.010328];
const DENOMINATOR = [1, 1.432788, 0.189269, 0.001308];

/** How many standard deviations above the mean a normal value stays with this probability (0 to 1, exclusive); off by less than 0.00045. */
export function normalQuantile(probability: number): number {
  if (probability < 0.5) return -normalQuantile(1 - probability);
  const t = Math.sqrt(-2 * Math.log(1 - probability));
  return t - polynomial(NUMERATOR, t) / polynomial(DENOMINATOR, t);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
