import type { Channel } from '#libs/contracts';
import { PlaceTree } from '../locations/place-tree';
import type { Place } from './place';

/** A set of places, each with a number of its own. SKUs that are carried by the same places share one. */
export class Territory {
  /** Whether all of its places are known. */
  readonly isKnown: boolean;
  private numbers: Map<string, number> | undefined;
  private grown: PlaceTree | undefined;

  /** @param places undefined where a place is not known any more */
  constructor(
    readonly ids: readonly string[],
    readonly places: readonly (Place | undefined)[],
  ) {
    this.isKnown = !places.includes(undefined);
  }

  numberOf(location: string): number | undefined {
    this.numbers ??= new Map(this.ids.map((id, n) => [id, n]));
    return this.numbers.get(location);
  }

  /** Made when it is first asked for. */
  get tree(): PlaceTree {
    return (this.grown ??= new PlaceTree(this.places));
  }
}

/** Units that seem to be free: for anybody or, where a policy shares them, by channel. */
export type Units = number | Readonly<Record<Channel, number>>;

/** What seems to be free for one channel. */
export function unitsFor(channel: Channel, units: Units): number {
  return typeof units === 'number' ? units : units[channel];
}

/** Where one SKU is. */
export interface Shelf {
  /** The places that have ever carried it. */
  territory: Territory;
  /** What seems to be free there, in the order of the places. */
  available: readonly Units[];
  /** The least that is left of the shelf life of what is there, in days, in the order of the places; absent or null: nobody knows. */
  shelfLifeDays?: readonly (number | null)[];
}

export const NO_TERRITORY = new Territory([], []);
export const NOWHERE: Shelf = { territory: NO_TERRITORY, available: [] };

/** What seems to be free for a channel at a place, which has a number in a territory; undefined where the SKU has never been. */
export function unitsAt(
  shelf: Shelf,
  { territory, channel }: { territory: Territory; channel: Channel },
  place: number,
): number | undefined {
  const number = numberIn(shelf, territory, place);
  const units = number === undefined ? undefined : shelf.available[number];
  return units === undefined ? undefined : unitsFor(channel, units);
}

/** The least that is left of a shelf life at a place, in days; undefined where nobody knows. */
export function shelfLifeAt(shelf: Shelf, territory: Territory, place: number): number | undefined {
  const number = shelf.shelfLifeDays && numberIn(shelf, territory, place);
  return number === undefined ? undefined : (shelf.shelfLifeDays?.[number] ?? undefined);
}

function numberIn(shelf: Shelf, territory: Territory, place: number): number | undefined {
  return shelf.territory === territory ? place : shelf.territory.numberOf(territory.ids[place] ?? '');
}
