import { Injectable } from '@nestjs/common';

export interface HealthCheck {
  /** Throws, or takes longer than a second, when the thing is not well. A text that it resolves with goes into `detail`. */
  check: () => Promise<unknown>;
  /** What to do when it is not. */
  remedy: string;
}

export interface HealthResult {
  name: string;
  ok: boolean;
  detail: string;
  remedy?: string;
}

export interface HealthReport {
  status: 'ok' | 'degraded';
  /** The services that are up in this process. */
  services: readonly string[];
  checks: readonly HealthResult[];
}

const TIMEOUT_MS = 1000;

/** What has to be well for this process to be: `health.register('inventory.database', { check, remedy })`. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, HealthCheck>();

  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** Asks everybody at once; never takes longer than a second and a bit. */
  async ask(): Promise<HealthResult[]> {
    return Promise.all([...this.checks].map(([name, check]) => answerOf(name, check)));
  }
}

async function answerOf(name: string, { check, remedy }: HealthCheck): Promise<HealthResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  });
  try {
    const detail = await Promise.race([check(), late]);
    return { name, ok: true, detail: typeof detail === 'string' ? detail : 'answers' };
  } catch (error) {
    return { name, ok: false, detail: reasonOf(error), remedy };
  } finally {
    clearTimeout(timer);
  }
}

/** Connection errors of several addresses at once come without a message of their own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return (message ?? '') || (code ?? '') || String(error);
}
