import { laneOf } from '#libs/eventsourcing';
import { openPool, parsed, PostgresStore, schemaOf } from '#libs/eventsourcing/parts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Heads } from '../../../tools/retail/system/at-rest';
import { LogAuditor } from '../../../tools/retail/verify/log-auditor';
import type { Line } from './instance';

/** A whole log, lane by lane. */
export interface Log {
  source: string;
  heads: number[];
  events: RecordedEvent[];
}

/** The notes of a log or of a view, each with its lines in order. */
export type Notes = Map<string, number[]>;

const LANES = 8;
const PAGE = 1000;

/** Reads a log from its beginning, as it stands in the database. */
export async function readLog(databaseUrl: string, source: string): Promise<Log> {
  const pool = openPool(databaseUrl, 2);
  try {
    const store = new PostgresStore(source, pool, schemaOf(source), LANES);
    const heads = await store.heads();
    const events: RecordedEvent[] = [];
    for (const [lane, head] of heads.entries()) {
      for (let at = 0; at < head; at += PAGE) events.push(...(await store.read(lane, at, PAGE)).map(parsed));
    }
    return { source, heads, events };
  } finally {
    await pool.end();
  }
}

/** What is wrong with a log: holes in lanes or streams, broken links, times that go back. Empty when it is sound. */
export function soundness({ source, heads, events }: Log): string[] {
  const auditor = new LogAuditor(heads.length);
  events.forEach((event) => auditor.take(event));
  const checks = auditor.checks(new Map([[source, heads]]) as unknown as Heads);
  const back = events.filter(({ lane, recordedAt }, n) => events[n - 1]?.lane === lane && events[n - 1]!.recordedAt > recordedAt);
  return [
    ...checks.flatMap(({ name, violations }) => violations.map((violation) => `${name}: ${violation}`)),
    ...back.map(({ lane, position }) => `time: lane ${lane} goes back at position ${position}`),
  ];
}

/** What is wrong with how lines were taken: one that was acknowledged and is not there, or any that is there more than once. */
export function takenOnce({ events }: Log, acknowledged: readonly Line[]): string[] {
  const found = new Map<string, number>();
  for (const { stream, data } of events) {
    const name = nameOf(stream, (data as { line: number }).line);
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  const lost = acknowledged.map(({ note, line }) => nameOf(`note:${note}`, line)).filter((name) => !found.has(name));
  const doubled = [...found].filter(([, times]) => times > 1);
  return [
    ...lost.map((name) => `lost: ${name} was acknowledged`),
    ...doubled.map(([name, times]) => `doubled: ${name} is there ${times} times`),
  ];
}

const nameOf = (stream: string, line: number): string => `${stream} line ${line}`;

/** The lines of every note as the log has them. */
export function notesOf({ events }: Log): Notes {
  const notes: Notes = new Map();
  const byVersion = [...events].sort((a, b) => a.version - b.version);
  for (const { stream, type, data } of byVersion) {
    if (type === 'NoteBegun') continue;
    const note = stream.slice(stream.indexOf(':') + 1);
    notes.set(note, [...(notes.get(note) ?? []), (data as { line: number }).line]);
  }
  return notes;
}

/** How somebody's notes differ from what they should be: each line once and in order, whatever happened on the way. */
export function differences(wanted: Notes, shown: Notes): string[] {
  const names = [...new Set([...wanted.keys(), ...shown.keys()])];
  return names
    .filter((note) => wanted.get(note)?.join() !== shown.get(note)?.join())
    .map(
      (note) => `${note}: the log says ${wanted.get(note)?.join() ?? 'nothing'}, here is ${shown.get(note)?.join() ?? 'nothing'}`,
    );
}

/** Some names of notes such that every lane has work. */
export function notesOnAllLanes(perLane: number): string[] {
  const names: string[][] = Array.from({ length: LANES }, () => []);
  for (let n = 0; names.some((lane) => lane.length < perLane); n++) {
    const lane = names[laneOf(`note:${n}`, LANES)];
    if (lane && lane.length < perLane) lane.push(String(n));
  }
  return names.flat();
}
