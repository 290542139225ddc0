interface RoundsOptions {
  everyMs: number;
  round: () => Promise<unknown>;
  /** Told when a round could not be done. The next one comes in its time. */
  onFailure: (error: unknown) => void;
}

/** Does the same thing again and again, never twice at once. Whoever begins has to stop, and to wait for that before going. */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: RoundsOptions) {}

  /** The first round comes when the time is over once. A process with nothing else to do ends all the same. */
  begin(): void {
    const { everyMs, round, onFailure } = this.options;
    this.timer = setInterval(() => {
      this.running = this.running.then(round).catch(onFailure);
    }, everyMs);
    this.timer.unref();
  }

  /** Resolves when the round that is under way is over. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
