import { setTimeout } from 'node:timers/promises';

export interface CatchingUp {
  sources: readonly string[];
  /** The last position of every lane of a source. */
  heads: (source: string) => Promise<readonly number[]>;
  /** Whether everybody here has taken in a position. */
  has: (source: string, lane: number, position: number) => Promise<boolean>;
  isStopped: () => boolean;
}

const LOOK_MS = 200;

/**
 * Resolves when everybody here has what the logs held at the first look, or when patience ends: a service whose log cannot be
 * asked is waited for, but not for ever.
 */
export async function caughtUp(parts: CatchingUp, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  const isOver = (): boolean => parts.isStopped() || performance.now() > deadline;
  for (const source of parts.sources) {
    let heads = await parts.heads(source).catch(() => undefined);
    while (!isOver() && !(heads && (await hasAll(parts, source, heads)))) {
      await setTimeout(LOOK_MS);
      heads ??= await parts.heads(source).catch(() => undefined);
    }
  }
}

async function hasAll({ has }: CatchingUp, source: string, heads: readonly number[]): Promise<boolean> {
  try {
    return (await Promise.all(heads.map((head, lane) => has(source, lane, head)))).every(Boolean);
  } catch {
    return false;
  }
}
