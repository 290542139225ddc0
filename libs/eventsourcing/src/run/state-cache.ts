import { sizeOf } from './size-of';

/** A stream as far as this process knows it. */
export interface Known {
  version: number;
  state: unknown;
}

interface Entry {
  known: Known;
  bytes: number;
  /** The version at which the state was weighed. */
  weighed: number;
  /** Whether it was used since it was last its turn to fall out. */
  isUsed: boolean;
}

const DEFAULT_BYTES = 256 * 1024 * 1024;
/** What an entry takes beside its state: the name, the map's slot, the objects around. */
const OVERHEAD = 200;
/** A state is weighed again when its stream has grown by a quarter: weighing a large one at each event would cost more than the event. */
const GROWTH = 1.25;

/**
 * Streams that were not used for long fall out when the states get too large together: the oldest first, but for those that were used
 * since it was last their turn. To note a use is to set a flag, because moving an entry within a large map at each use costs
 * more than the use. What is here may be old: a batch names the version it was decided on, and the log refuses it when that
 * is no longer true.
 */
export class StateCache {
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;
  /** Whose turn it is to fall out. Whatever it passes is deleted or put last, so that all who are here are ahead of it. */
  private hand?: MapIterator<[string, Entry]>;

  constructor(private readonly capacity = DEFAULT_BYTES) {}

  get(stream: string): Known | undefined {
    const entry = this.entries.get(stream);
    if (!entry) return undefined;
    entry.isUsed = true;
    return entry.known;
  }

  set(stream: string, known: Known): void {
    const entry = this.entries.get(stream);
    if (entry) this.renew(entry, known);
    else this.add(stream, known);
    if (this.bytes > this.capacity) this.sweep(stream);
  }

  forget(stream: string): void {
    const entry = this.entries.get(stream);
    if (!entry) return;
    this.bytes -= entry.bytes;
    this.entries.delete(stream);
  }

  private add(stream: string, known: Known): void {
    const bytes = OVERHEAD + sizeOf(known.state);
    this.entries.set(stream, { known, bytes, weighed: known.version, isUsed: false });
    this.bytes += bytes;
  }

  private renew(entry: Entry, known: Known): void {
    entry.known = known;
    entry.isUsed = true;
    if (known.version < entry.weighed * GROWTH) return;
    this.bytes -= entry.bytes;
    entry.bytes = OVERHEAD + sizeOf(known.state);
    entry.weighed = known.version;
    this.bytes += entry.bytes;
  }

  /** What was just set stays, for the command at hand. */
  private sweep(justSet: string): void {
    // One iterator from sweep to sweep: a new one would walk over all that was deleted in front since the map last tidied up.
    this.hand ??= this.entries.entries();
    while (this.bytes > this.capacity && this.entries.size > 1) {
      const { value, done } = this.hand.next();
      if (done) throw new Error('The hand of the cache has passed a stream that is still in it.');
      const [stream, entry] = value;
      this.entries.delete(stream);
      if (entry.isUsed || stream === justSet) {
        entry.isUsed = false;
        this.entries.set(stream, entry);
      } else this.bytes -= entry.bytes;
    }
  }
}
