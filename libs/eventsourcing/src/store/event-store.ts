import type { StoredEvent } from '../envelope';

/** A stream that commands of one batch read or write: the version they were decided on, and who stands or falls with it. */
export interface Chain {
  stream: string;
  expected: number;
  group: number;
}

/** A command of a batch; it stands or falls with its group. */
export interface BatchCommand {
  id: string;
  /** The stream that the command is answered with. */
  stream: string;
  fingerprint?: string;
  group: number;
}

/** A new event: `chain` and `command` are indexes into the batch. */
export interface BatchEvent {
  chain: number;
  command: number;
  type: string;
  schemaVersion: number;
  by: string;
  happenedAt: string;
  /** JSON text. */
  data: string;
}

/** Many independent commands in one call; chains and commands that share a group are written together or not at all. */
export interface Batch {
  chains: Chain[];
  commands: BatchCommand[];
  events: BatchEvent[];
}

/**
 * `written`: the chain is in the log (or, with no events, was still true). `conflict`: another version than expected.
 * `duplicate`: a command of its group was there before. `sibling`: another chain of its group failed.
 */
export type ChainStatus = 'written' | 'conflict' | 'duplicate' | 'sibling';

/** What became of one chain; `base` is the last position of its lane before this batch. */
export interface ChainResult {
  status: ChainStatus;
  base: number;
}

/** What the log remembers of a command. */
export interface KnownCommand {
  stream: string;
  fingerprint: string | null;
  /** Where its events stand: `0=12,3=44`; empty when it had none. */
  positions: string;
}

/** The state of a stream at a version, as JSON text. */
export interface Snapshot {
  stream: string;
  stateVersion: number;
  version: number;
  state: string;
}

/**
 * The log of one service. Positions are dense and in commit order per lane, versions dense per stream, and a command
 * id is written once. Two implementations, one contract suite.
 */
export interface EventStore {
  /** The service whose log this is. */
  readonly source: string;
  readonly lanes: number;
  append(batch: Batch): Promise<ChainResult[]>;
  /** The events of each stream after a version: stream by stream as asked, in order of version, and no more than `limit`, if there is one. */
  load(streams: readonly { stream: string; after: number }[], limit?: number): Promise<StoredEvent[]>;
  /** The last events of each stream before a version: stream by stream as asked, newest first, and of each no more than `limit`. */
  newest(streams: readonly { stream: string; before: number }[], limit: number): Promise<StoredEvent[]>;
  /** The last snapshots of these streams; those that have none are absent. */
  snapshots(wanted: readonly { stream: string; stateVersion: number }[]): Promise<Snapshot[]>;
  /** Keeps snapshots; one that is older than what is kept changes nothing. */
  keep(snapshots: readonly Snapshot[]): Promise<void>;
  /** What is known of these command ids; unknown ones are absent. */
  commands(ids: readonly string[]): Promise<Map<string, KnownCommand>>;
  /** Up to `limit` events of a lane after a position, dense, as they are stored. */
  read(lane: number, after: number, limit: number): Promise<StoredEvent[]>;
  /** The same for who follows the log closely: what was just written may come from memory, and fewer may come than there are. */
  follow(lane: number, after: number, limit: number): Promise<StoredEvent[]>;
  /** The last position of every lane; nothing while the log is not made, because its service has not been started yet. */
  heads(): Promise<number[]>;
  /** The last position of a lane that was written through this object; 0 when none was. Others may have written beyond it. */
  written(lane: number): number;
}
