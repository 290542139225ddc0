import { laneOf } from '../lane';
import type { Batch } from './event-store';
import type { LaneEnds, Links } from './lane-heads';
import { placesOf, type Places } from './places';
import { binaryArray } from './array-binary';

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

const ints = (values: readonly number[]): Buffer => binaryArray('int', values);
const texts = (values: readonly (string | null)[]): Buffer => binaryArray('text', values);
const uuids = (values: readonly string[]): Buffer => binaryArray('uuid', values);

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
    ints(checks.chains.map((n) => chainAt[n] ?? 0)),
    texts(checks.chains.map((n) => batch.chains[n]?.stream ?? '')),
    ints(checks.chains.map((n) => batch.chains[n]?.expected ?? 0)),
    ...commandColumns(call),
    ...eventColumns(call),
  ];
}

function eventColumns({ batch: { chains, commands, events }, place, links }: Layout & { links: Links }): Buffer[] {
  const times = events.map(({ happenedAt }) => happenedAt);
  const data = events.map((event) => event.data);
  const versions = events.map(({ schemaVersion }) => schemaVersion);
  return [
    ints(place.at),
    ints(place.offset),
    texts(events.map(({ chain }) => chains[chain]?.stream ?? '')),
    ints(place.version),
    uuids(events.map(({ command }) => commands[command]?.id ?? '')),
    texts(events.map(({ type }) => type)),
    binaryArray('smallint', versions),
    texts(events.map(({ by }) => by)),
    binaryArray('timestamptz', times),
    links.hashes,
    binaryArray('json', data),
  ];
}

/** The commands, and where the events of each command with a fingerprint end, lane by lane. One without events has no place. */
function commandColumns(layout: Layout): Buffer[] {
  const { commands } = layout.batch;
  const { at, offset, first, last } = endsOf(layout);
  const lanes = commands.map(({ id }) => laneOf(id, layout.laneCount));
  return [
    binaryArray('smallint', lanes),
    uuids(commands.map(({ id }) => id)),
    texts(commands.map(({ stream }) => stream)),
    texts(commands.map(({ fingerprint }) => fingerprint ?? null)),
    ...[first, last, at, offset].map(ints),
  ];
}

/** Where commands end: `first` to `last` of `at` and `offset`, counted from 1, are a command's. */
interface Ends {
  at: number[];
  offset: number[];
  first: number[];
  last: number[];
}

function endsOf({ batch: { commands, events }, place }: Layout): Ends {
  const ends = new Map<number, Map<number, number>>();
  commands.forEach(({ fingerprint }, n) => fingerprint !== undefined && ends.set(n, new Map()));
  if (ends.size > 0) events.forEach(({ command }, n) => ends.get(command)?.set(place.at[n] ?? 0, place.offset[n] ?? 0));
  const found: Ends = { at: [], offset: [], first: [], last: [] };
  commands.forEach((_, n) => {
    found.first.push(found.at.length + 1);
    for (const [lane, end] of [...(ends.get(n) ?? [])].sort(([a], [b]) => a - b)) {
      found.at.push(lane);
      found.offset.push(end);
    }
    found.last.push(found.at.length);
  });
  return found;
}
