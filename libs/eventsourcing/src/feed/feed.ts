import type { RecordedEvent } from '../vocabulary';

/** A message as a feed hands it over: enough to know whether anybody wants it; the rest is parsed on demand. */
export interface Incoming {
  position: number;
  type: string;
  event(): RecordedEvent;
}

/** Some messages of one lane of one source, in order. There may be repeats and holes: the intake deals with both. */
export interface IncomingBatch {
  source: string;
  lane: number;
  messages: Incoming[];
}

/**
 * Takes a batch. The outer promise resolves when there is room for more of that lane, the inner when the batch's effects
 * are in.
 */
export type Deliver = (batch: IncomingBatch) => Promise<{ settled: Promise<void> }>;

/** A way for events to travel from a log to the consumers of a service. Two adapters, one contract suite. */
export interface Feed {
  start(deliver: Deliver): Promise<void>;
  /** Takes no more in, and waits for what is under way. */
  stop(): Promise<void>;
}

/** The log of any service, read through its public events API: for holes, and for what a feed has lost. */
export interface LogReader {
  /** Up to `limit` events of a lane after a position, in order. */
  read(source: string, lane: number, after: number, limit: number): Promise<RecordedEvent[]>;
  /** The last position of every lane. */
  heads(source: string): Promise<number[]>;
}
