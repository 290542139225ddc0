/**
 * A way to learn a rate of demand one trading day after the other. `State` is all that it remembers, so that a long history costs no
 * more than its last day once it is learned.
 */
export interface Smoother<State> {
  /** What to believe before the first day, given the first few of them. */
  begin(first: readonly number[]): State;
  /** What to believe after a day with this demand; `weekdayIndex` is how good a day of its weekday usually is. */
  observe(state: State, units: number, weekdayIndex: number): State;
  /** Expected units of an ordinary trading day, `ahead` trading days from now. Never below zero. */
  rate(state: State, ahead: number): number;
}

/** A share of the old and the rest of the new: `smoothed(level, units, 0.1)` moves a tenth of the way. */
export function smoothed(old: number, observed: number, weight: number): number {
  return old + weight * (observed - old);
}
