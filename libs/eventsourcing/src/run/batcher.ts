/** What a batcher is told about its work. */
export interface BatcherOptions<T> {
  /** How many items from the head of the queue go into the next batch, at least one. */
  size: (queue: readonly T[]) => number;
  /**
   * The least time from the beginning of one batch to that of the next, in milliseconds. An item that finds nobody at work never
   * waits, nor does a queue that fills more than one batch; else a pause makes fewer and larger batches, and every batch
   * has a fixed price.
   */
  paceMs: number;
  /** How many batches may be at work at once. One, unless said otherwise. */
  atOnce?: number;
  /** How many items have to wait before a second batch begins beside one that is at work; a full one, unless said otherwise. */
  enough?: number;
}

/** Natural batching: what comes in while a batch is at work becomes the next. */
export class Batcher<T> {
  private queue: T[] = [];
  private running: Promise<void> | undefined;
  private readonly atWork = new Set<Promise<void>>();
  private wake: () => void = () => undefined;

  /** @param work does a batch; it must not reject */
  constructor(
    private readonly work: (batch: T[]) => Promise<void>,
    private readonly options: BatcherOptions<T>,
  ) {}

  push(item: T): void {
    this.queue.push(item);
    this.running ??= this.drain();
    if (this.queue.length === this.options.enough) this.wake();
  }

  /** Puts items that have to be done again before all others. Only `work` may call this. */
  again(items: readonly T[]): void {
    this.queue.unshift(...items);
  }

  /** Resolves when nothing is queued or at work. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async drain(): Promise<void> {
    // One turn, so that what is pushed in the same tick shares the batch.
    await Promise.resolve();
    while (this.queue.length > 0 || this.atWork.size > 0) {
      if (!this.mayBegin()) await this.nextEnd();
      else await this.begin();
    }
    // In the same step as the look at the empty queue: an item pushed later finds nobody at work and starts again.
    this.running = undefined;
  }

  /** Resolves when a batch has ended, or when enough wait for another one beside it. */
  private nextEnd(): Promise<void> {
    return Promise.race([...this.atWork, new Promise<void>((resolve) => (this.wake = resolve))]);
  }

  private mayBegin(): boolean {
    const { size: busy } = this.atWork;
    return this.queue.length > 0 && (busy === 0 || (busy < (this.options.atOnce ?? 1) && this.isEnough()));
  }

  private isEnough(): boolean {
    return this.queue.length >= (this.options.enough ?? Infinity) || this.isFull();
  }

  private isFull(): boolean {
    return this.options.size(this.queue) < this.queue.length;
  }

  /** Begins a batch; resolves when it is time to think of the next. */
  private async begin(): Promise<void> {
    const next = performance.now() + this.options.paceMs;
    const batch = this.work(this.queue.splice(0, this.options.size(this.queue))).finally(() => this.atWork.delete(batch));
    this.atWork.add(batch);
    if (this.mayBegin()) return;
    await this.nextEnd();
    if (!this.isEnough()) await this.pauseUntil(next);
  }

  /** Resolves when it is time, or as soon as enough wait. */
  private pauseUntil(time: number): Promise<void> {
    const pause = time - performance.now();
    if (pause <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
