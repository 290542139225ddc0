import { NONE, sum, type Quantities } from './quantities';
import type { Level } from './unwinding';

export type Units = Quantities & { available: number };

/** What there was of a SKU, in all and by location. */
export interface Levels extends Units {
  byLocation: (Units & { location: string })[];
}

export function unitsOf({ onHand, reserved }: Quantities): Units {
  return { onHand, reserved, available: onHand - reserved };
}

/** Adds up what there was, location by location in their order. */
export function everywhere(levels: ReadonlyMap<string, Level>): Levels {
  const byLocation = [...levels].map(([location, level]) => ({ location, ...unitsOf(level) }));
  return { ...unitsOf(byLocation.reduce<Quantities>((total, level) => sum(total, level), NONE)), byLocation };
}
