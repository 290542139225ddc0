/** The streams that batches under way are about to change. A batch that needs one of them had better wait: it would be decided in vain. */
export class Claims {
  private readonly held = new Map<string, Promise<unknown>>();

  /** Resolves when nobody is about to change any of these streams. */
  async free(streams: Iterable<string>): Promise<void> {
    if (this.held.size === 0) return;
    for (const stream of streams) {
      for (let held = this.held.get(stream); held; held = this.held.get(stream)) await held;
    }
  }

  /** Claims the streams until the work is done. */
  async during<T>(streams: readonly string[], work: () => Promise<T>): Promise<T> {
    const result = work();
    const done = result.catch(() => undefined);
    for (const stream of streams) this.held.set(stream, done);
    try {
      return await result;
    } finally {
      for (const stream of streams) if (this.held.get(stream) === done) this.held.delete(stream);
    }
  }
}
