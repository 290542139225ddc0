import type { Numbers } from './statistics';

/** What a figure is held against. */
export type Bound = { atLeast: number } | { atMost: number };

/** One number that a benchmark is run for. */
export interface Figure {
  name: string;
  unit: string;
  /** What must hold; absent where the number only explains others. */
  bound?: Bound;
  /** What we want to reach. */
  aim?: number;
}

/** Whether a value is within its bound. What is no number is not: then nothing was measured. */
export function holds({ bound }: Figure, value: number | undefined): boolean {
  if (!bound) return true;
  if (value === undefined) return false;
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}

/** Which figures fell short, each in a sentence; empty when all hold. */
export function shortfalls(figures: readonly Figure[], values: Numbers): string[] {
  return figures.flatMap((figure) => {
    const { name, unit, bound } = figure;
    if (!bound || holds(figure, values[name])) return [];
    const wanted = 'atLeast' in bound ? `at least ${spelled(bound.atLeast)}` : `at most ${spelled(bound.atMost)}`;
    return [`${name} is ${spelled(values[name] ?? NaN)}${unit && ` ${unit}`}, but has to be ${wanted}`];
  });
}

/** `25,000`, `0.55`, `4.2`: as people write it. */
export function spelled(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  return value.toLocaleString('en-US', { maximumSignificantDigits: Math.abs(value) >= 1000 ? 21 : 4 });
}
