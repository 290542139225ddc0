import { eventually } from '../../../tools/local/ports';

const PATIENCE_MS = 30_000;

/** Waits until something holds. `what` completes the complaint when it does not: `Waited 30 s for …`. */
export function until(holds: () => boolean | Promise<boolean>, what: string, timeoutMs = PATIENCE_MS): Promise<void> {
  const complaint = `Waited ${timeoutMs / 1000} s for ${what}.`;
  return eventually(() => Promise.resolve(holds()), { timeoutMs, complaint });
}
