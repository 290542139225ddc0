import type { Fate } from './run';

/** What a run comes to. */
export interface Figures {
  orders: number;
  /** Orders whose goods were held, and not lost because nobody confirmed them in time. */
  filled: number;
  refused: number;
  expired: number;
  /** Filled of all orders, 0 to 1. */
  fillRate: number;
  units: number;
  unitsFilled: number;
  /** Parcels of the orders that were filled. */
  parcels: number;
  /** Orders in more than one parcel. */
  splits: number;
  /** Of the orders that were filled and whose way is known. */
  meanDistanceKm: number;
  totalDistanceKm: number;
  /** Units that were promised and then taken by a fact: sold over the counter, written off. */
  oversold: number;
}

export function figuresOf({ fates, oversold }: { fates: ReadonlyMap<string, Fate>; oversold: number }): Figures {
  const all = [...fates.values()];
  const filled = all.filter(({ location, expired }) => location !== undefined && !expired);
  const expired = all.filter((fate) => fate.expired).length;
  const totalDistanceKm = filled.reduce((sum, { distanceKm }) => sum + distanceKm, 0);
  return {
    ...{ orders: all.length, filled: filled.length, refused: all.length - filled.length - expired, expired },
    fillRate: all.length === 0 ? 1 : filled.length / all.length,
    ...{ units: unitsOf(all), unitsFilled: unitsOf(filled) },
    parcels: filled.reduce((sum, { parcels = 1 }) => sum + parcels, 0),
    splits: filled.filter(({ parcels = 1 }) => parcels > 1).length,
    meanDistanceKm: filled.length === 0 ? 0 : totalDistanceKm / filled.length,
    ...{ totalDistanceKm, oversold },
  };
}

/** Whose order fares otherwise with the change. */
export interface Affected {
  /** Orders that are filled with the change only. */
  gained: number;
  /** Orders that are filled without the change only. */
  lost: number;
  /** Orders that come from another place. */
  moved: number;
  /** The first of each. */
  examples: { gained: string[]; lost: string[]; moved: string[] };
}

const EXAMPLES = 5;

export function affected(baseline: ReadonlyMap<string, Fate>, changed: ReadonlyMap<string, Fate>): Affected {
  const groups = { gained: [] as string[], lost: [] as string[], moved: [] as string[] };
  for (const [orderId, before] of baseline) {
    const after = changed.get(orderId);
    const [was, is] = [isFilled(before), isFilled(after)];
    if (is && !was) groups.gained.push(orderId);
    else if (was && !is) groups.lost.push(orderId);
    else if (was && before.location !== after?.location) groups.moved.push(orderId);
  }
  const { gained, lost, moved } = groups;
  const few = (ids: string[]): string[] => ids.slice(0, EXAMPLES);
  return {
    ...{ gained: gained.length, lost: lost.length, moved: moved.length },
    examples: { gained: few(gained), lost: few(lost), moved: few(moved) },
  };
}

function isFilled(fate: Fate | undefined): boolean {
  return fate?.location !== undefined && !fate.expired;
}

function unitsOf(fates: readonly Fate[]): number {
  return fates.reduce((sum, { units }) => sum + units, 0);
}
