import { setTimeout } from 'node:timers/promises';

/** What a loop got done. */
export interface Pace {
  done: number;
  seconds: number;
  perSecond: number;
}

/** So many hands, each taking the next piece of work as soon as its last one is done, for so long: how much can be done? */
export async function closedLoop(hands: number, seconds: number, work: () => Promise<unknown>): Promise<Pace> {
  let done = 0;
  const began = performance.now();
  const deadline = began + seconds * 1000;
  const hand = async (): Promise<void> => {
    while (performance.now() < deadline) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  return pace(done, began);
}

/** So many hands until so many pieces of work are done. */
export async function countedLoop(hands: number, count: number, work: () => Promise<unknown>): Promise<Pace> {
  let begun = 0;
  const began = performance.now();
  const hand = async (): Promise<void> => {
    while (begun++ < count) await work();
  };
  await Promise.all(Array.from({ length: Math.min(hands, count) }, hand));
  return pace(count, began);
}

/** What was done since `began`, as a rate. */
export function pace(done: number, began: number): Pace {
  const seconds = (performance.now() - began) / 1000;
  return { done, seconds, perSecond: done / seconds };
}

/**
 * Begins a piece of work every so often, whether or not the earlier ones are done, as people do: how long does it take? Gives
 * milliseconds from the moment at which each should have begun, so that a stall counts for all who waited behind it.
 */
export async function openLoop(perSecond: number, seconds: number, work: () => Promise<unknown>): Promise<number[]> {
  const latencies: number[] = [];
  const underWay: Promise<unknown>[] = [];
  const began = performance.now();
  const total = Math.floor(perSecond * seconds);
  for (let next = 0; next < total; await setTimeout(1)) {
    const due = Math.min(total, Math.ceil(((performance.now() - began) / 1000) * perSecond));
    for (; next < due; next++) {
      const intended = began + (next / perSecond) * 1000;
      underWay.push(work().then(() => latencies.push(performance.now() - intended)));
    }
  }
  await Promise.all(underWay);
  return latencies;
}
