import { laneOf } from '../lane';
import type { Batch } from './event-store';
import type { LaneEnds, Links } from './lane-heads';
import { placesOf, type Places } from './places';
import { plain, SEPARATOR, texts } from './array-text';

/** What the append function answers. */
export interface AppendAnswer extends LaneEnds {
  /** Chains (of those that were checked) not at the version expected, and commands that are known: from 1. Either: nothing was written. */
  conflicts: number[];
  duplicates: number[];
  /** Milliseconds until nobody else held any of the lanes. */
  waited: number;
}

/** What a batch looks like to the append function: which lanes it needs, and where each chain and event will stand. */
export interface Layout {
  batch: Batch;
  /** The lanes that get events or are read, ascending, so that everybody locks in the same order. */
  lanes: number[];
  laneCount: number;
  /** Index into `lanes`, from 1, of each chain. */
  chainAt: number[];
  place: Places;
}

/** Lays a batch out: events count up per lane, versions per stream. */
export function layOut(batch: Batch, laneCount: number): Layout {
  const chainLane = batch.chains.map(({ stream }) => laneOf(stream, laneCount));
  const lanes = [...new Set(chainLane)].sort((a, b) => a - b);
  const chainAt = chainLane.map((lane) => lanes.indexOf(lane) + 1);
  return { batch, lanes, laneCount, chainAt, place: placesOf(batch, chainAt, lanes.length) };
}

/** The chains in the order in which the function takes them: first those that are only read, whose versions it always looks at. */
export interface Checks {
  chains: number[];
  read: number;
}

export function checksOf({ chains, events }: Batch): Checks {
  const writes = new Set(events.map(({ chain }) => chain));
  const read: number[] = [];
  const written: number[] = [];
  chains.forEach((_, n) => (writes.has(n) ? written : read).push(n));
  return { chains: [...read, ...written], read: read.length };
}

/** The arguments of the append function, in its order. */
export function appendValues(call: Layout & { links: Links }, checks: Checks, careful: boolean): unknown[] {
  const { batch, lanes, chainAt, place, links } = call;
  return [
    careful,
    links.recorded,
    lanes,
    links.seeds,
    place.count,
    place.last,
    checks.read,
    plain(checks.chains.map((n) => chainAt[n])),
    texts(checks.chains.map((n) => batch.chains[n]?.stream ?? '')),
    plain(checks.chains.map((n) => batch.chains[n]?.expected)),
    ...commandColumns(call),
    ...eventColumns(call),
  ];
}

function eventColumns({ batch: { chains, commands, events }, place, links }: Layout & { links: Links }): unknown[] {
  return [
    plain(place.at),
    plain(place.offset),
    texts(events.map(({ chain }) => chains[chain]?.stream ?? '')),
    plain(place.version),
    plain(events.map(({ command }) => commands[command]?.id)),
    texts(events.map(({ type }) => type)),
    plain(events.map(({ schemaVersion }) => schemaVersion)),
    texts(events.map(({ by }) => by)),
    texts(events.map(({ happenedAt }) => happenedAt)),
    links.hashes,
    events.map(({ data }) => data).join(SEPARATOR),
  ];
}

/** The commands, and where the events of each command with a fingerprint end, lane by lane. One without events has no place. */
function commandColumns({ batch: { commands, events }, laneCount, place }: Layout): unknown[] {
  const ends = new Map<number, Map<number, number>>();
  commands.forEach(({ fingerprint }, n) => fingerprint !== undefined && ends.set(n, new Map()));
  if (ends.size > 0) events.forEach(({ command }, n) => ends.get(command)?.set(place.at[n] ?? 0, place.offset[n] ?? 0));
  const [at, offset, first, last]: [number[], number[], number[], number[]] = [[], [], [], []];
  commands.forEach((_, n) => {
    first.push(at.length + 1);
    for (const [lane, end] of [...(ends.get(n) ?? [])].sort(([a], [b]) => a - b)) {
      at.push(lane);
      offset.push(end);
    }
    last.push(at.length);
  });
  return [
    plain(commands.map(({ id }) => laneOf(id, laneCount))),
    plain(commands.map(({ id }) => id)),
    texts(commands.map(({ stream }) => stream)),
    commands.map(({ fingerprint }) => fingerprint ?? null),
    plain(first),
    plain(last),
    plain(at),
    plain(offset),
  ];
}
