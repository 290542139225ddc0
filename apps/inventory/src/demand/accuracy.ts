/** A forecast and what came. */
export interface Outcome {
  forecast: number;
  actual: number;
}

/**
 * Weighted absolute percentage error: the units by which forecasts were off, per unit sold. 0 is perfect, 1 is as far off as forecasting
 * nothing. Products that sell much weigh much, and one that sold nothing does no harm to the figure (Kolassa and Schütz 2007).
 * NaN when nothing was sold.
 */
export function wape(outcomes: readonly Outcome[]): number {
  const sold = outcomes.reduce((sum, { actual }) => sum + actual, 0);
  return outcomes.reduce((sum, { forecast, actual }) => sum + Math.abs(forecast - actual), 0) / sold;
}

/** By how much all forecasts together were above what was sold, per unit sold; below zero when they were too low. */
export function bias(outcomes: readonly Outcome[]): number {
  const sold = outcomes.reduce((sum, { actual }) => sum + actual, 0);
  return outcomes.reduce((sum, { forecast, actual }) => sum + forecast - actual, 0) / sold;
}
