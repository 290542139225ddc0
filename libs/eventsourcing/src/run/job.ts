import type { Span } from '@opentelemetry/api';
import { Refusal, type Context, type StreamEvents } from '../vocabulary';
import type { CommandBinding, CommandRequest, Outcome } from './command';
import type { NamedStream } from './named-stream';
import type { Tentative } from './tentative';

/** One command on its way through a batch. */
export interface Job {
  binding: CommandBinding;
  command: object;
  request: CommandRequest;
  given: unknown;
  refs: NamedStream[];
  /** How often the log has sent it back because a stream had moved. */
  attempts: number;
  /** Where somebody traces. */
  span?: Span;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/** What a job came to on the tentative state. */
export interface Decision {
  job: Job;
  /** The first, and all others that the rule looked at: what it did not look at may be otherwise, and it would decide the same. */
  streams: string[];
  decided: StreamEvents[];
  refusal?: Refusal;
  /** State and versions of the first stream, as this command leaves it. */
  state: unknown;
  version: number;
  before: number;
}

/** The names of all streams that the jobs read or write. */
export function streamsOf(jobs: readonly Job[]): string[] {
  const streams: string[] = [];
  for (const { refs } of jobs) for (const { stream } of refs) streams.push(stream);
  return streams;
}

/** A stream that a command is to begin is read only when the log has said that it is there, or when the caller names its version. */
export function streamsToRead({ refs, attempts, request }: Job): NamedStream[] {
  return attempts === 0 && request.expectedVersion === undefined ? refs.filter((ref) => !ref.begins) : refs;
}

/** Decides one job and lets the next ones see what it decided. Anything thrown that is no refusal is a bug: it goes through. */
export function decide(job: Job, tentative: Tentative): Decision {
  const inView = tentative.open(job.refs);
  const first = tentative.draft(inView[0] ?? '');
  const before = first.version;
  const decision: Decision = { job, streams: [], decided: [], state: first.state, version: before, before };
  try {
    checkVersion(job.request, before);
    const context: Context<unknown> = { now: job.request.now, by: job.request.by, given: job.given };
    decision.decided = job.binding.decide(job.command, tentative.stateOf, context).filter(({ events }) => events.length > 0);
    tentative.apply(decision.decided);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    decision.refusal = error;
  }
  decision.streams = inView.filter((stream) => tentative.hasLookedAt(stream));
  decision.state = first.state;
  decision.version = first.version;
  return decision;
}

function checkVersion({ expectedVersion }: CommandRequest, version: number): void {
  if (expectedVersion === undefined || expectedVersion === version) return;
  throw new Refusal(
    'version-mismatch',
    `If-Match names version ${expectedVersion}, but the resource is at version ${version}.`,
    'Read the resource again, decide on what it says now, and send its ETag as If-Match.',
    'conflict',
  );
}
