import type { StoredEvent } from '../envelope';
import { laneOf } from '../lane';
import type { Batch } from './event-store';

const SEPARATOR = '\u001e';

/** What the append function answers. */
export interface AppendAnswer {
  /** Chains that are not at the version expected, and commands that are known: both counted from 1. Either: nothing was written. */
  conflicts: number[];
  duplicates: number[];
  /** The last position of each lane before the batch. */
  bases: number[];
  recorded: string | null;
  /** The links of the events, 32 bytes each. */
  hashes: Buffer | null;
}

/** One call of the append function: its arguments, and where each chain's lane is in `lanes`. */
export interface AppendCall {
  /** Ascending, so that everybody locks in the same order. */
  lanes: number[];
  values: unknown[];
  /** Index into `lanes`, from 1, of each chain. */
  chainAt: number[];
  place: Places;
}

/** Lays a batch out as the columns that the append function takes. Events count up per lane, versions per stream. */
export function appendCall({ chains, commands, events }: Batch, laneCount: number): AppendCall {
  const chainLane = chains.map(({ stream }) => laneOf(stream, laneCount));
  const commandLane = commands.map(({ id }) => laneOf(id, laneCount));
  const lanes = [...new Set([...chainLane, ...commandLane])].sort((a, b) => a - b);
  const at = new Map(lanes.map((lane, n) => [lane, n + 1]));
  const chainAt = chainLane.map((lane) => at.get(lane) ?? 0);
  const place = places({ chains, commands, events }, chainAt);
  const chainColumns = [chainAt, chains.map(({ stream }) => stream), chains.map(({ expected }) => expected)];
  const commandColumns = [
    commandLane.map((lane) => at.get(lane) ?? 0),
    commands.map(({ id }) => id),
    commands.map(({ stream }) => stream),
    commands.map(({ fingerprint }) => fingerprint ?? null),
    ...tokenColumns({ chains, commands, events }, place),
  ];
  const values = [lanes, ...chainColumns, ...commandColumns, ...eventColumns({ chains, commands, events }, place)];
  return { lanes, values, chainAt, place };
}

function eventColumns({ chains, commands, events }: Batch, { at, offset, version }: Places): unknown[] {
  return [
    at,
    offset,
    events.map(({ chain }) => chains[chain]?.stream),
    version,
    events.map(({ command }) => commands[command]?.id),
    events.map(({ type }) => type),
    events.map(({ schemaVersion }) => schemaVersion),
    events.map(({ by }) => by),
    events.map(({ happenedAt }) => happenedAt),
    events.map(({ data }) => data).join(SEPARATOR),
  ];
}

/** Where each event of a batch will stand. */
export interface Places {
  at: number[];
  /** From 1, beyond the lane's last position. */
  offset: number[];
  version: number[];
}

function places({ chains, events }: Batch, chainAt: readonly number[]): Places {
  const inLane = new Map<number, number>();
  const inStream = new Map<number, number>();
  const found: Places = { at: [], offset: [], version: [] };
  for (const { chain } of events) {
    const at = chainAt[chain] ?? 0;
    const offset = (inLane.get(at) ?? 0) + 1;
    const version = (inStream.get(chain) ?? chains[chain]?.expected ?? 0) + 1;
    inLane.set(at, offset);
    inStream.set(chain, version);
    found.at.push(at);
    found.offset.push(offset);
    found.version.push(version);
  }
  return found;
}

/** Where the events of each command with a fingerprint end, lane by lane: command, lane, offset. One without events has no place. */
function tokenColumns({ commands, events }: Batch, place: Places): (number | null)[][] {
  const ends = new Map<number, Map<number, number>>();
  commands.forEach(({ fingerprint }, n) => fingerprint !== undefined && ends.set(n, new Map()));
  events.forEach(({ command }, n) => ends.get(command)?.set(place.at[n] ?? 0, place.offset[n] ?? 0));
  const columns: (number | null)[][] = [[], [], []];
  const add = (...row: (number | null)[]): void => row.forEach((value, n) => columns[n]?.push(value));
  for (const [command, lanes] of ends) {
    if (lanes.size === 0) add(command + 1, null, null);
    for (const [at, offset] of lanes) add(command + 1, at, offset);
  }
  return columns;
}

const HASH_BYTES = 32;

/** The events of a batch as the log now has them, put together from what was sent and what came back. */
export function writtenEvents(
  source: string,
  { batch, call, answer }: { batch: Batch; call: AppendCall; answer: AppendAnswer },
): StoredEvent[] {
  return batch.events.map(({ chain, command, ...event }, n) => ({
    source,
    ...whereabouts(call, answer, n),
    stream: batch.chains[chain]?.stream ?? '',
    ...event,
    commandId: batch.commands[command]?.id ?? '',
    recordedAt: answer.recorded ?? '',
    hash: answer.hashes?.toString('hex', n * HASH_BYTES, (n + 1) * HASH_BYTES) ?? '',
  }));
}

function whereabouts(
  { lanes, place }: AppendCall,
  { bases }: AppendAnswer,
  n: number,
): { lane: number; position: number; version: number } {
  const at = (place.at[n] ?? 1) - 1;
  return { lane: lanes[at] ?? 0, position: (bases[at] ?? 0) + (place.offset[n] ?? 0), version: place.version[n] ?? 0 };
}
