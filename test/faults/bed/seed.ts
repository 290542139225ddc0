import { randomInt } from 'node:crypto';
import { tallied } from './tally';

/** Long variants, for `npm run test:soak`. */
export const SOAK = process.env['SOAK'] === 'true';

/** How often something is done: a few times in `npm test`, many times under soak. */
export const rounds = (few: number, many: number): number => (SOAK ? many : few);

const SPAN = 2 ** 31;

/** Chance that can be had again: the same seed gives the same choices. */
export class Chance {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed;
  }

  /** From 0 up to, not including, 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** Whether something that happens with this probability happens now. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(all: readonly T[]): T {
    const picked = all[this.between(0, all.length - 1)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  }

  /** The same in any order. */
  shuffled<T>(all: readonly T[]): T[] {
    const left = [...all];
    return all.map(() => left.splice(this.between(0, left.length - 1), 1)).flat();
  }
}

/** The chance of one suite: by FAULT_SEED where it is set, else by a new seed, which is told so that a failure can be had again. */
export function chanceOf(suite: string): Chance {
  const seed = Number(process.env['FAULT_SEED'] ?? randomInt(SPAN));
  process.stderr.write(`${suite}: FAULT_SEED=${seed}\n`);
  if (SOAK) afterAll(() => process.stderr.write(`${suite}: ${tallied()}\n`));
  return new Chance(seed);
}
