import { setTimeout } from 'node:timers/promises';
import type { Batch, ChainResult, EventStore, KnownCommand } from '../store/event-store';
import { isUnavailable } from '../store/faults';
import { Batcher } from './batcher';
import { Claims } from './claims';
import { isRecorded, planBatch, positionsOf } from './batch';
import type { CommandBinding, CommandRequest, Outcome, Resolve } from './command';
import { decide, streamsOf, streamsToRead, type Decision, type Job } from './job';
import { named } from './named-stream';
import { contended, keyReused } from './refusals';
import type { Streams, StreamState } from './streams';
import { Tentative } from './tentative';
import { batchOf, followed, traced } from './tracing';
import { partition } from './partition';

const RETRY_MS = 100;
/** One is prepared while one is written, where so many commands wait: with fewer, what each batch costs is more than what waiting does. */
const SIDE_BY_SIDE = { atOnce: 2, enough: 40 };

export interface RunnerOptions {
  /** The most commands, and the most streams, of one batch. */
  maxCommands: number;
  maxStreams: number;
  /** See `BatcherOptions`. */
  paceMs: number;
  /** How long a batch waits for a database that is away, in milliseconds, before its callers are told. */
  patienceMs: number;
  /** How often a command is decided again after others moved its streams, before the caller is told. */
  maxAttempts: number;
  /** The schema version in which an event type is written. */
  schemaVersionOf: (type: string) => number;
  /** Finds what a rule's `given` asks for. */
  resolve: Resolve;
  /** Told after each commit. */
  onCommit: (commit: { commands: number; events: number; conflicts: number; seconds: number }) => void;
}

/** What became of the chains of a batch, and of the stream of each. */
interface Written {
  results: ChainResult[];
  stands: (stream: string) => boolean;
}

/**
 * Group commit. Commands that arrive while a batch is being written become the next batch: they are decided one after the
 * other on the tentative state, so that many commands on one stream cost one commit. When enough wait, the next is prepared while
 * one is written. Results are released only after the commit.
 */
export class CommandRunner {
  private readonly batcher: Batcher<Job>;
  private readonly claims = new Claims();

  constructor(
    private readonly store: EventStore,
    private readonly streams: Streams,
    private readonly options: RunnerOptions,
  ) {
    const size = (queue: readonly Job[]): number => this.batchSize(queue);
    this.batcher = new Batcher((jobs) => this.commit(jobs), { size, paceMs: options.paceMs, ...SIDE_BY_SIDE });
  }

  /** Carries a command out. Rejects with a `Refusal` when a rule says no; nothing is written then. */
  async run(binding: CommandBinding, command: object, request: CommandRequest): Promise<Outcome> {
    const given = await binding.given?.(command, this.options.resolve);
    const refs = binding.streams(command, given).map(named);
    return new Promise<Outcome>((resolve, reject) => {
      this.batcher.push(followed({ binding, command, request, given, refs, attempts: 0, resolve, reject }));
    });
  }

  /** Resolves when nothing is queued or being written. */
  idle(): Promise<void> {
    return this.batcher.idle();
  }

  private batchSize(queue: readonly Job[]): number {
    let streams = 0;
    let taken = 0;
    for (const job of queue) {
      streams += job.refs.length;
      if (taken > 0 && (streams > this.options.maxStreams || taken >= this.options.maxCommands)) break;
      taken++;
    }
    return taken;
  }

  /** On an error the batch is halved until the command that causes it stands alone: it fails, its neighbors do not. */
  private async commit(jobs: Job[]): Promise<void> {
    try {
      await this.persist(jobs);
    } catch (error) {
      if (jobs.length === 1 || isUnavailable(error)) return jobs.forEach((job) => job.reject(error));
      const half = jobs.length >> 1;
      await this.commit(jobs.slice(0, half));
      await this.commit(jobs.slice(half));
    }
  }

  /** While the database is away the same batch is tried again: what got through unseen is found by its command ids. */
  private async persist(jobs: Job[]): Promise<void> {
    for (const deadline = performance.now() + this.options.patienceMs; ;) {
      try {
        return await traced(
          'append batch',
          () => batchOf(jobs),
          () => this.attempt(jobs),
        );
      } catch (error) {
        streamsOf(jobs).forEach((stream) => this.streams.cache.forget(stream));
        if (!isUnavailable(error) || performance.now() > deadline) throw error;
        await setTimeout(RETRY_MS);
      }
    }
  }

  private async attempt(jobs: Job[]): Promise<void> {
    await this.claims.free(streamsOf(jobs));
    await this.streams.warm(jobs.flatMap(streamsToRead));
    const tentative = new Tentative(this.streams.cache);
    const decisions = jobs.map((job) => decide(job, tentative));
    const { batch, chainOf } = planBatch(decisions, tentative, this.options.schemaVersionOf);
    const began = performance.now();
    const { results, stands } = await this.claims.during(tentative.changed(), () => this.write(batch, chainOf, tentative));
    const seconds = (performance.now() - began) / 1000;
    const [done, sentBack] = partition(decisions, (decision) => decision.streams.every(stands));
    await this.release(done, positionsOf(batch, results, this.store.lanes));
    this.options.onCommit({ commands: done.length, events: batch.events.length, conflicts: sentBack.length, seconds });
    await this.again(sentBack);
  }

  private async write(batch: Batch, chainOf: ReadonlyMap<string, number>, tentative: Tentative): Promise<Written> {
    const results = await this.store.append(batch);
    const stands = (stream: string): boolean => results[chainOf.get(stream) ?? -1]?.status === 'written';
    this.learn(chainOf.keys(), tentative, stands);
    return { results, stands };
  }

  /** What was written is now known; what was refused has to be read again. */
  private learn(streams: Iterable<string>, tentative: Tentative, stands: (stream: string) => boolean): void {
    const changed: string[] = [];
    for (const stream of streams) {
      const { ref, version, state, expected } = tentative.draft(stream);
      if (!stands(stream)) this.streams.cache.forget(stream);
      else if (version > expected) {
        const now = { version, state };
        this.streams.cache.set(stream, now);
        this.streams.snapshots.consider(ref.aggregate, stream, expected, now);
        changed.push(stream);
      }
    }
    this.streams.changed(changed);
  }

  /** Answers what is committed. A refusal may come from a repeat of something already done, so the log is asked first. */
  private async release(decisions: Decision[], positions: Map<string, string>): Promise<void> {
    const doubtful = decisions.filter(({ refusal }) => refusal);
    for (const decision of await this.answerRepeats(decisions, doubtful)) {
      if (decision.refusal) decision.job.reject(decision.refusal);
      else decision.job.resolve(this.outcome(decision, positions.get(decision.job.request.commandId) ?? ''));
    }
  }

  private outcome(decision: Decision, positions: string): Outcome {
    const { state, version, before } = decision;
    const created = before === 0 && version > 0 && isRecorded(decision);
    return { position: this.token(positions), state, version, created, duplicate: false };
  }

  private token(positions: string): string {
    return positions === '' ? '' : `${this.store.source}:${positions}`;
  }

  /** Sent back by the log: repeats are answered, the others are decided again on what the streams say now. */
  private async again(decisions: Decision[]): Promise<void> {
    if (decisions.length === 0) return;
    const retry: Job[] = [];
    for (const { job } of await this.answerRepeats(decisions)) {
      if (++job.attempts < this.options.maxAttempts) retry.push(job);
      else job.reject(contended(job.attempts));
    }
    this.batcher.again(retry);
  }

  /** Answers those that the log knows already, all at once, so that their reads share one question; gives the others. */
  private async answerRepeats(decisions: Decision[], doubtful = decisions): Promise<Decision[]> {
    const known = await this.store.commands(doubtful.map(({ job }) => job.request.commandId));
    const [repeats, others] = partition(decisions, ({ job }) => known.has(job.request.commandId));
    await Promise.all(repeats.map(({ job }) => this.answerRepeat(job, known.get(job.request.commandId))));
    return others;
  }

  private async answerRepeat(job: Job, earlier: KnownCommand | undefined): Promise<void> {
    if (earlier?.fingerprint !== (job.request.fingerprint ?? null)) return job.reject(keyReused());
    const [first] = job.refs;
    const now: StreamState<unknown> = first
      ? await this.streams.read(first.aggregate, first.id)
      : { state: undefined, version: 0 };
    job.resolve({ position: this.token(earlier.positions), ...now, created: false, duplicate: true });
  }
}
