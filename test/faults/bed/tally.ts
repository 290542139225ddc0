const counts = new Map<string, number>();

/** Counts what a suite does, so that a long run can say how much of it there was. */
export function tally(what: 'lines' | 'kills' | 'stops' | 'rebuilds', count = 1): void {
  counts.set(what, (counts.get(what) ?? 0) + count);
}

/** `lines 12000, kills 40`. */
export function tallied(): string {
  return [...counts].map(([what, count]) => `${what} ${count}`).join(', ');
}
