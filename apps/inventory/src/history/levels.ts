import { NONE, sum, type Quantities } from './quantities';

export type Units = Quantities & { available: number };

/** What there was of a SKU, in all and by location. */
export interface Levels extends Units {
  byLocation: (Units & { location: string })[];
}

export function unitsOf({ onHand, reserved, inTransit, quarantined }: Quantities): Units {
  return { onHand, reserved, available: onHand - reserved - quarantined, inTransit, quarantined };
}

/** Adds up what there was, location by location in their order. */
export function everywhere(levels: ReadonlyMap<string, Quantities>): Levels {
  const byLocation = [...levels].map(([location, level]) => ({ location, ...unitsOf(level) }));
  return { ...unitsOf(byLocation.reduce<Quantities>((total, level) => sum(total, level), NONE)), byLocation };
}
