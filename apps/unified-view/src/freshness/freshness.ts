/** How far a view has come in one lane of one source, and how many repeats it was spared. */
interface LaneProgress {
  name: string;
  source: string;
  lane: number;
  position: number;
  absorbed: number;
}

/** The last position of every lane of a source; absent while the source does not say. */
export type Heads = ReadonlyMap<string, readonly number[]>;

/** How far a view has come in one source, over all lanes. `head` and `lag` are null while the source does not answer. */
export interface SourceFreshness {
  source: string;
  /** Events that are in. */
  position: number;
  /** Events that there are. */
  head: number | null;
  /** Events that are not in yet. */
  lag: number | null;
}

export interface ViewFreshness {
  name: string;
  position: number;
  /** Null while one of its sources does not answer. */
  lag: number | null;
  /** Repeats that came and were dropped. */
  absorbed: number;
  sources: SourceFreshness[];
}

/** The freshness of every view, in order of their names. */
export function freshnessOf(progress: readonly LaneProgress[], heads: Heads): ViewFreshness[] {
  const views = groupedBy(progress, ({ name }) => name);
  return [...views].map(([name, lanes]) => viewFreshness(name, lanes, heads)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function viewFreshness(name: string, lanes: readonly LaneProgress[], heads: Heads): ViewFreshness {
  const bySource = groupedBy(lanes, ({ source }) => source);
  const sources = [...bySource].map(([source, ofSource]) => sourceFreshness(source, ofSource, heads.get(source)));
  return {
    name,
    position: sum(sources.map(({ position }) => position)),
    lag: sources.some(({ lag }) => lag === null) ? null : sum(sources.map(({ lag }) => lag ?? 0)),
    absorbed: sum(lanes.map(({ absorbed }) => absorbed)),
    sources,
  };
}

function sourceFreshness(source: string, lanes: readonly LaneProgress[], heads?: readonly number[]): SourceFreshness {
  const position = sum(lanes.map((lane) => lane.position));
  if (!heads) return { source, position, head: null, lag: null };
  // A view that is ahead in one lane does not make up for another lane: each lane is behind on its own.
  const lag = sum(lanes.map((lane) => Math.max(0, (heads[lane.lane] ?? 0) - lane.position)));
  return { source, position, head: sum(heads), lag };
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
