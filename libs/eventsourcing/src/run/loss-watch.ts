import type { LogReader } from '../feed/feed';
import type { Intake } from './intake';

const LOOK_MS = 5000;

/**
 * A hole shows when a later message comes. For the last messages of a lane none may come for long, so now and then the owner's
 * log is asked: what has been there since the last look and has not come by the bus is fetched.
 */
export class LossWatch {
  private readonly before = new Map<string, number[]>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly parts: { sources: readonly string[]; reader: LogReader; intake: Intake; onError: (error: unknown) => void },
  ) {}

  start(): void {
    if (this.stopped || this.parts.sources.length === 0) return;
    this.timer = setTimeout(
      () =>
        void this.look()
          .catch(this.parts.onError)
          .finally(() => this.start()),
      LOOK_MS,
    );
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const { sources, reader, intake } = this.parts;
    for (const source of sources) {
      const heads = await reader.heads(source);
      for (const [lane, head] of (this.before.get(source) ?? []).entries()) {
        if (head > intake.position(source, lane)) await intake.catchUp(source, lane, head);
      }
      this.before.set(source, heads);
    }
  }
}
