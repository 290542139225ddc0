/** What was looked up, for a while: the least recently used falls out first, and nothing stays longer than `maxAgeMs`. */
export class Remembered<V> {
  private readonly entries = new Map<string, { value: V; until: number }>();

  constructor(private readonly limits: { capacity: number; maxAgeMs: number }) {}

  get(name: string): V | undefined {
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    this.entries.delete(name);
    if (entry.until < performance.now()) return undefined;
    this.entries.set(name, entry);
    return entry.value;
  }

  set(name: string, value: V): void {
    this.entries.delete(name);
    this.entries.set(name, { value, until: performance.now() + this.limits.maxAgeMs });
    if (this.entries.size <= this.limits.capacity) return;
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }

  forget(name: string): void {
    this.entries.delete(name);
  }

  clear(): void {
    this.entries.clear();
  }
}
