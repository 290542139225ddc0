/** The value in the middle; of an even number of values, the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[half] ?? NaN;
  return ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
}

/** The smallest value that at least `share` (0 to 1) of all values do not exceed: nearest rank, no interpolation. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

/** Numbers by name: what one run measured. */
export type Numbers = Record<string, number>;

/** The median over all runs of every number, name by name. */
export function medians(runs: readonly Numbers[]): Numbers {
  const names = new Set(runs.flatMap((run) => Object.keys(run)));
  const valuesOf = (name: string): number[] => runs.flatMap((run) => (name in run ? [run[name] ?? NaN] : []));
  return Object.fromEntries([...names].map((name) => [name, rounded(median(valuesOf(name)))]));
}

const SIGNIFICANT = 4;

/** Four significant digits, and whole numbers in full: more would only look exact. */
export function rounded(value: number): number {
  if (!Number.isFinite(value)) return value;
  const whole = 10 ** (SIGNIFICANT - 1);
  return Math.abs(value) >= whole ? Math.round(value) : Number(value.toPrecision(SIGNIFICANT));
}

/** Rounds every number of a run. */
export function roundedAll(numbers: Numbers): Numbers {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value)]));
}
