import { smoothed, type Smoother } from './smoother';
import { mean } from './statistics';

export interface HoltWinters {
  name: 'holt-winters';
  /** Weight of a new day in the level (alpha). */
  level: number;
  /** Weight of a new step in the trend (beta). */
  trend: number;
  /** What is left of the trend a day later (phi): no product grows for ever. */
  damping: number;
}

interface Course {
  level: number;
  trend: number;
}

/**
 * Exponential smoothing with damped trend and multiplicative weekday seasonality, for what sells nearly every day:
 *
 *     level = α units/index + (1 − α)(level' + φ trend')
 *     trend = β (level − level') + (1 − β) φ trend'
 *     rate h days ahead = level + (φ + φ² + … + φʰ) trend
 *
 * Holt 1957, Winters 1960 (Management Science 6), damped by Gardner and McKenzie 1985 (Management Science 31). The weekday index
 * comes from the whole place (`trading-rhythm.ts`).
 */
export function holtWinters({ level: alpha, trend: beta, damping }: HoltWinters): Smoother<Course> {
  return {
    begin: (first) => ({ level: mean(first), trend: 0 }),
    observe: ({ level, trend }, units, weekdayIndex) => {
      const next = smoothed(level + damping * trend, units / weekdayIndex, alpha);
      return { level: next, trend: smoothed(damping * trend, next - level, beta) };
    },
    rate: ({ level, trend }, ahead) => Math.max(0, level + dampedSteps(damping, ahead) * trend),
  };
}

/** φ + φ² + … + φʰ */
function dampedSteps(damping: number, ahead: number): number {
  return damping === 1 ? ahead : (damping * (1 - damping ** ahead)) / (1 - damping);
}
