import type { Run } from './run';
import type { Step } from './script';

/** How far the base line is what really happened. */
export interface Reproduced {
  decisions: number;
  same: number;
  /** Up to ten orders that the base line decides otherwise. */
  differing: string[];
}

const EXAMPLES = 10;

/**
 * Plays the steps with nothing changed, and gives them in an order in which they could have happened. The log tells the order
 * within a stream, and within a millisecond nothing more: decisions that were taken together come one after the other so
 * that each comes out as it did, where there is such an order.
 */
export function rehearse(steps: readonly Step[], run: Run): { steps: Step[]; reproduced: Reproduced } {
  const rehearsed: Step[] = [];
  const reproduced: Reproduced = { decisions: 0, same: 0, differing: [] };
  for (const together of groups(steps)) {
    let left = together;
    while (left.length > 0) {
      const later = pass(left, run, rehearsed, reproduced);
      // No order makes the first of them come out as it did: it is played as it comes.
      if (later.length === left.length) force(later.shift(), run, rehearsed, reproduced);
      left = later;
    }
  }
  return { steps: rehearsed, reproduced };
}

/** Plays what comes out as it did; gives what did not, with all that follows in the same reservation. */
function pass(steps: readonly Step[], run: Run, rehearsed: Step[], reproduced: Reproduced): Step[] {
  const later: Step[] = [];
  const waiting = new Set<string>();
  for (const step of steps) {
    if (step.kind !== 'fact' && waiting.has(step.orderId)) later.push(step);
    else if (step.kind !== 'ask') play(step, run, rehearsed);
    else {
      const decision = run.decide(step);
      if (decision.outcome.location !== step.really.location) {
        waiting.add(step.orderId);
        later.push(step);
        continue;
      }
      reproduced.decisions++;
      reproduced.same++;
      run.take(step, decision);
      rehearsed.push(step);
    }
  }
  return later;
}

function force(step: Step | undefined, run: Run, rehearsed: Step[], reproduced: Reproduced): void {
  if (!step) return;
  play(step, run, rehearsed);
  if (step.kind !== 'ask') return;
  reproduced.decisions++;
  if (reproduced.differing.length < EXAMPLES) reproduced.differing.push(step.orderId);
}

function play(step: Step, run: Run, rehearsed: Step[]): void {
  run.play(step);
  rehearsed.push(step);
}

/** What the log took in the same millisecond. */
function* groups(steps: readonly Step[]): Generator<Step[]> {
  for (let begin = 0; begin < steps.length;) {
    let end = begin + 1;
    while (end < steps.length && steps[end]?.at === steps[begin]?.at) end++;
    yield steps.slice(begin, end);
    begin = end;
  }
}
