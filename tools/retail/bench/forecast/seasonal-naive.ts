const WEEK = 7;

/**
 * The forecast to beat: every day is as the same weekday of the week before was. The last `WEEK` entries of `units`, which end the day
 * before the forecast begins, in their order. Knows the week and the present level for nothing, which is why it is the usual
 * yardstick (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2).
 */
export function seasonalNaive(units: readonly number[]): number[] {
  return units.slice(-WEEK);
}
