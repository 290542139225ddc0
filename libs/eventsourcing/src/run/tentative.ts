import { fold, streamId, type StateOf, type StreamEvents, type StreamRef } from '../vocabulary';
import type { NamedStream } from './named-stream';
import type { StateCache } from './state-cache';

/** A stream as the commands of one batch leave it, step by step. */
interface Draft {
  ref: StreamRef;
  /** The version in the log on which the batch builds. */
  expected: number;
  version: number;
  state: unknown;
}

/**
 * The world as the batch in the making sees it: what the cache knows, and on top of it what earlier commands of the same
 * batch decided. It becomes the truth only when the batch is written.
 */
export class Tentative {
  readonly drafts = new Map<string, Draft>();
  private looked = new Set<string>();

  constructor(private readonly cache: StateCache) {}

  /** Brings the streams of a command into view, and begins to note at which of them its rule looks. */
  open(refs: readonly NamedStream[]): string[] {
    this.looked = new Set();
    return refs.map((ref) => {
      const { stream } = ref;
      if (!this.drafts.has(stream)) {
        const { version, state } = this.cache.get(stream) ?? { version: 0, state: ref.aggregate.initial as unknown };
        this.drafts.set(stream, { ref, expected: version, version, state });
      }
      return stream;
    });
  }

  /** Reads only what is in view: a rule that reads an undeclared stream would decide on something nobody validates. */
  readonly stateOf: StateOf = (aggregate, id) => this.draft(streamId(aggregate, id)).state as never;

  draft(stream: string): Draft {
    const draft = this.drafts.get(stream);
    if (!draft) throw new Error(`The command uses stream ${stream}, which its wiring does not name.`);
    this.looked.add(stream);
    return draft;
  }

  /** Whether the command that was opened last has looked at a stream, or written to it. */
  hasLookedAt(stream: string): boolean {
    return this.looked.has(stream);
  }

  /** The streams that have got new events. */
  changed(): string[] {
    const streams: string[] = [];
    for (const [stream, { version, expected }] of this.drafts) if (version > expected) streams.push(stream);
    return streams;
  }

  apply(decided: readonly StreamEvents[]): void {
    for (const { stream, events } of decided) {
      const draft = this.draft(stream);
      draft.state = fold(draft.ref.aggregate, events, draft.state as never);
      draft.version += events.length;
    }
  }
}
