import { laneOf } from '../lane';
import type { Batch, BatchCommand, ChainResult } from '../store/event-store';
import { Groups } from './groups';
import type { Decision } from './job';
import type { Tentative } from './tentative';

/** A batch ready for the log, and which chain each stream became. */
export interface Plan {
  batch: Batch;
  chainOf: Map<string, number>;
}

/**
 * Turns decisions into one append: a chain per stream, merged groups for commands that share one, and the events
 * in order of decision. Streams that were only read become chains without events: what was read must still be true.
 */
export function planBatch(decisions: readonly Decision[], tentative: Tentative, schemaVersionOf: (type: string) => number): Plan {
  const { chainOf, members, groups } = grouping(decisions);
  const batch: Batch = { chains: [], commands: [], events: [] };
  for (const [stream, chain] of chainOf) {
    batch.chains.push({ stream, expected: tentative.draft(stream).expected, group: groups.of(members[chain] ?? 0) });
  }
  decisions.forEach((decision, n) => {
    if (!isRecorded(decision)) return;
    const command = batch.commands.push(batchCommand(decision, groups.of(n))) - 1;
    const { by, now: happenedAt } = decision.job.request;
    for (const { stream, events } of decision.decided) {
      const chain = chainOf.get(stream) ?? 0;
      for (const { type, data } of events) {
        const schemaVersion = schemaVersionOf(type);
        batch.events.push({ chain, command, type, schemaVersion, by, happenedAt, data: JSON.stringify(data) });
      }
    }
  });
  return { batch, chainOf };
}

function batchCommand({ job, streams }: Decision, group: number): BatchCommand {
  const { commandId: id, fingerprint } = job.request;
  return { id, stream: streams[0] ?? '', ...(fingerprint !== undefined && { fingerprint }), group };
}

/** A command is remembered when it wrote something, or when a caller may come back with its key. Refusals changed nothing. */
export function isRecorded({ decided, refusal, job }: Decision): boolean {
  return !refusal && (decided.length > 0 || job.request.fingerprint !== undefined);
}

interface Grouping {
  /** Index of the chain of each stream, and the first decision of each chain. */
  chainOf: Map<string, number>;
  members: number[];
  groups: Groups;
}

function grouping(decisions: readonly Decision[]): Grouping {
  const chainOf = new Map<string, number>();
  const members: number[] = [];
  const groups = new Groups(decisions.length);
  decisions.forEach(({ streams }, n) => {
    for (const stream of streams) {
      const chain = chainOf.get(stream);
      if (chain !== undefined) groups.merge(members[chain] ?? n, n);
      else chainOf.set(stream, members.push(n) - 1);
    }
  });
  return { chainOf, members, groups };
}

/** Where the events of each command came to stand, as position tokens without the service: `0=12,3=44`. */
export function positionsOf(batch: Batch, results: readonly ChainResult[], lanes: number): Map<string, string> {
  const laneOfChain = batch.chains.map(({ stream }) => laneOf(stream, lanes));
  const next = new Map<number, number>();
  const last: Ends[] = batch.commands.map(() => []);
  for (const { chain, command } of batch.events) {
    const result = results[chain];
    if (result?.status !== 'written') continue;
    const lane = laneOfChain[chain] ?? 0;
    const position = (next.get(lane) ?? result.base) + 1;
    next.set(lane, position);
    note(last[command] ?? [], lane, position);
  }
  return new Map(batch.commands.map(({ id }, n) => [id, tokenOf(last[n] ?? [])]));
}

/** The last position in each lane. Mostly there is one lane, or a few. */
type Ends = [lane: number, position: number][];

function note(ends: Ends, lane: number, position: number): void {
  const end = ends.find(([known]) => known === lane);
  if (end) end[1] = position;
  else ends.push([lane, position]);
}

function tokenOf(ends: Ends): string {
  return ends
    .sort(([a], [b]) => a - b)
    .map(([lane, position]) => `${lane}=${position}`)
    .join(',');
}
