import { setTimeout } from 'node:timers/promises';
import type { Answer, Ask, Asked } from './api';

/** The system did not answer for as long as anybody was ready to wait. */
export class SystemAway extends Error {
  constructor(url: string, seconds: number, cause: unknown) {
    super(`The system at ${url} did not answer for ${seconds} s (${reasonOf(cause)}). Start it, and run the same command again.`);
    this.name = 'SystemAway';
  }
}

export interface PatienceOptions {
  url: string;
  /** How long one request is sent again before it is given up. */
  patienceMs: number;
  say: (sentence: string) => void;
}

const UNAVAILABLE = 503;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/**
 * Sends a request again when it was not answered, or answered by somebody who cannot do it now. Writes carry their
 * Idempotency-Key, so that doing so is safe. Says when the system goes away, and when it is back.
 */
export class Patience implements Asked {
  private awaySince: number | undefined;

  constructor(
    private readonly api: Asked,
    private readonly options: PatienceOptions,
  ) {}

  /** @throws SystemAway when nobody answers; an answer that says no is an answer */
  async ask(ask: Ask): Promise<Answer> {
    const began = performance.now();
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const isLast = performance.now() - began > this.options.patienceMs;
      const answer = await this.try(ask, isLast);
      if (answer) return answer;
      await setTimeout(pause);
    }
  }

  /** Undefined when it should be tried again. */
  private async try(ask: Ask, isLast: boolean): Promise<Answer | undefined> {
    const { url, patienceMs } = this.options;
    try {
      const answer = await this.api.ask(ask);
      if (answer.status < 500) this.back();
      if (answer.status < 500 || isLast) return answer;
      return answer.status === UNAVAILABLE ? this.away(`it answers ${answer.status}`) : undefined;
    } catch (error) {
      if (isLast) throw new SystemAway(url, patienceMs / 1000, error);
      return this.away(reasonOf(error));
    }
  }

  private away(reason: string): undefined {
    if (this.awaySince !== undefined) return;
    this.awaySince = performance.now();
    const { url, patienceMs, say } = this.options;
    say(`The system at ${url} cannot go on (${reason}); trying again for up to ${patienceMs / 1000} s.`);
  }

  private back(): void {
    if (this.awaySince === undefined) return;
    const seconds = (performance.now() - this.awaySince) / 1000;
    this.awaySince = undefined;
    this.options.say(`The system goes on after ${seconds.toFixed(1)} s.`);
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? String(error);
}
