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
}

const DEFAULT_BYTES = 256 * 1024 * 1024;
/** What an entry takes beside its state: the name, the map's slot, the objects around. */
const OVERHEAD = 200;
/** A state is weighed again when its stream has grown by a quarter: weighing a large one at each event would cost more than the event. */
const GROWTH = 1.25;

/**
 * The least recently used streams fall out when the states get too large together. What is here may be old: a batch names the
 * version it was decided on, and the log refuses it when that is no longer true.
 */
export class StateCache {
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;

  constructor(private readonly capacity = DEFAULT_BYTES) {}

  get(stream: string): Known | undefined {
    const entry = this.entries.get(stream);
    if (entry) {
      this.entries.delete(stream);
      this.entries.set(stream, entry);
    }
    return entry?.known;
  }

  set(stream: string, known: Known): void {
    const old = this.entries.get(stream);
    this.forget(stream);
    const isWeighed = old !== undefined && known.version < old.weighed * GROWTH;
    const entry = isWeighed
      ? { known, bytes: old.bytes, weighed: old.weighed }
      : { known, bytes: OVERHEAD + sizeOf(known.state), weighed: known.version };
    this.entries.set(stream, entry);
    this.bytes += entry.bytes;
    while (this.bytes > this.capacity && this.entries.size > 1) this.forget(this.entries.keys().next().value ?? '');
  }

  forget(stream: string): void {
    const entry = this.entries.get(stream);
    if (!entry) return;
    this.bytes -= entry.bytes;
    this.entries.delete(stream);
  }
}
