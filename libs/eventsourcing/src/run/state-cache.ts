/** A stream as far as this process knows it. */
export interface Known {
  version: number;
  state: unknown;
}

/**
 * The least recently used streams fall out. What is here may be old: a batch names the version it was decided on,
 * and the log refuses it when that is no longer true.
 */
export class StateCache {
  private readonly entries = new Map<string, Known>();

  constructor(private readonly capacity = 200_000) {}

  get(stream: string): Known | undefined {
    const known = this.entries.get(stream);
    if (known) {
      this.entries.delete(stream);
      this.entries.set(stream, known);
    }
    return known;
  }

  set(stream: string, known: Known): void {
    this.entries.delete(stream);
    this.entries.set(stream, known);
    if (this.entries.size > this.capacity) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
  }

  forget(stream: string): void {
    this.entries.delete(stream);
  }
}
