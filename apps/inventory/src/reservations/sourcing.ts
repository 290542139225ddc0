import type { Channel, Demand, GeoPoint, LocationKind, StockLine } from '#libs/contracts';
import { greatCircleKm } from '../locations/great-circle';

/** What goods are wanted, by whom, and where. */
export interface Wanted {
  demand: Demand;
  /** One line per SKU. */
  lines: readonly StockLine[];
  /** Whose promise it is; absent: that of the demand. */
  channel?: Channel;
  /** Null when the customer was erased before the order was held: then every place is as near as any other. */
  deliverTo: GeoPoint | null;
}

/** A place where goods may be. */
export interface Place extends GeoPoint {
  location: string;
  kind: LocationKind;
}

/** Units that seem to be free: for anybody or, where a policy shares them, by channel. */
export type Units = number | Readonly<Record<Channel, number>>;

/** What seems to be free of one SKU, by place; a place that has carried it is there with none. */
export type Shelves = ReadonlyMap<string, Units>;

/** What seems to be free for one channel. */
export function unitsFor(channel: Channel, units: Units): number {
  return typeof units === 'number' ? units : units[channel];
}

/** By which channel's promise goods are held, unless it is said. */
export const CHANNEL_OF: Readonly<Record<Demand, Channel>> = {
  'online-order': 'storefront',
  'supply-order': 'lingshoutong',
  direct: 'storefront',
};

/** What the availability view knows of the SKUs of an order. */
export interface Whereabouts {
  /** One for each line of the order, in its order. */
  shelves: readonly Shelves[];
  places: ReadonlyMap<string, Place>;
}

/** A place that the availability view knows to carry some of what is wanted. */
export interface Carrier extends GeoPoint {
  location: string;
  /** How many of the SKUs it has ever carried. */
  carried: number;
  /** For how many of the lines it seems to have enough. The view may be behind: only the stock streams decide. */
  sufficient: number;
}

/** A place that is asked for the goods. */
export interface Candidate {
  location: string;
  distanceKm: number;
}

const MAX_CANDIDATES = 10;
const MAX_NEARBY = 3;

/** A shop is not supplied by another shop, and a locker holds only what was paid for. */
export const SOURCES: Readonly<Record<Demand, readonly LocationKind[]>> = {
  'online-order': ['warehouse', 'store', 'corner-shop'],
  'supply-order': ['warehouse', 'store'],
  direct: ['warehouse', 'store', 'corner-shop'],
};

/** The places that carry some of the goods and may give them. */
export function carriersOf({ demand, lines, channel = CHANNEL_OF[demand] }: Wanted, { shelves, places }: Whereabouts): Carrier[] {
  const found = new Map<string, Carrier>();
  shelves.forEach((shelf, n) => {
    const wanted = lines[n]?.quantity ?? 0;
    for (const [location, available] of shelf) {
      const carrier = found.get(location) ?? carrierAt(places.get(location), SOURCES[demand]);
      if (!carrier) continue;
      carrier.carried++;
      if (unitsFor(channel, available) >= wanted) carrier.sufficient++;
      found.set(location, carrier);
    }
  });
  return [...found.values()];
}

function carrierAt(place: Place | undefined, kinds: readonly LocationKind[]): Carrier | undefined {
  if (!place || !kinds.includes(place.kind)) return undefined;
  const { location, latitude, longitude } = place;
  return { location, latitude, longitude, carried: 0, sufficient: 0 };
}

/** The nearest places that seem to have everything: few, because every one costs a look at each of its stocks. */
export function nearby(wanted: Wanted, carriers: readonly Carrier[]): Candidate[] {
  return byDistance(
    wanted,
    carriers.filter(({ sufficient }) => sufficient === wanted.lines.length),
  ).slice(0, MAX_NEARBY);
}

/**
 * Every place that could hold the order, nearest first: it must carry every SKU. Beyond ten, those that seem to have
 * the most of it come first. When no place carries everything, the one that comes closest, so that
 * the refusal says what is missing there.
 */
export function everyChance(wanted: Wanted, carriers: readonly Carrier[]): Candidate[] {
  const complete = carriers.filter(({ carried }) => carried === wanted.lines.length);
  const promising = [...(complete.length > 0 ? complete : carriers)].sort((a, b) => b.sufficient - a.sufficient);
  return byDistance(wanted, promising.slice(0, complete.length > 0 ? MAX_CANDIDATES : 1));
}

function byDistance({ deliverTo }: Wanted, carriers: readonly Carrier[]): Candidate[] {
  return carriers
    .map((carrier) => ({ location: carrier.location, distanceKm: deliverTo ? greatCircleKm(carrier, deliverTo) : 0 }))
    .sort((a, b) => a.distanceKm - b.distanceKm || (a.location < b.location ? -1 : 1));
}
