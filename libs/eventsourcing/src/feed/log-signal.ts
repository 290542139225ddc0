import { EventEmitter } from 'node:events';

/**
 * Says within this process that a log has grown, so that whoever tails it need not poll for it. Only a hint: writers in
 * other processes are found by looking now and then.
 */
export class LogSignal {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  /** @param elsewhere whether another process has written to it */
  grown(source: string, elsewhere = false): void {
    this.emitter.emit(source, elsewhere);
  }

  /** Calls back whenever the log of `source` grows; gives the function that ends it. */
  on(source: string, listener: (elsewhere: boolean) => void): () => void {
    this.emitter.on(source, listener);
    return () => this.emitter.off(source, listener);
  }
}

/** A bell that can be rung before somebody waits for it. */
export class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  ring = (): void => {
    this.rung = true;
    this.wake?.();
  };

  /** Resolves when the bell rings, at once if it has rung since the last wait, or after `timeoutMs`; says whether it rang. */
  async wait(timeoutMs: number): Promise<boolean> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = undefined;
    }
    const { rung } = this;
    this.rung = false;
    return rung;
  }
}
