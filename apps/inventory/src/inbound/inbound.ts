import { unitsOf, type Levels, type Units } from '../history/levels';
import { NONE } from '../history/quantities';

/** What one document brings to a place of one SKU. */
export interface Inbound {
  sku: string;
  location: string;
  /** `transfer` or `purchase-order`, and its id. */
  source: { kind: string; id: string };
  /** Units that are still to come. */
  quantity: number;
  /** When they should be there; null: nobody knows. UTC, ISO 8601. */
  expectedAt: string | null;
}

/** All that is still to come of a SKU to one place, what is expected first coming first. */
export interface InboundAt {
  location: string;
  inbound: number;
  /** Of `inbound`, what has left another place of ours. */
  inTransit: number;
  expected: Omit<Inbound, 'sku' | 'location'>[];
}

/** By place, in their order. */
export function byPlace(all: readonly Inbound[]): InboundAt[] {
  const places = [...new Set(all.map(({ location }) => location))].sort();
  return places.map((location) => {
    const here = all.filter((one) => one.location === location).sort((a, b) => compare(dueOf(a), dueOf(b)));
    const expected = here.map(({ source, quantity, expectedAt }) => ({ source, quantity, expectedAt }));
    const sent = here.filter(({ source }) => source.kind === 'transfer');
    return { location, inbound: units(here), inTransit: units(sent), expected };
  });
}

/**
 * Units that should be at a place before a moment; what is late should be there, too. What nobody has named a time for is not counted: no
 * promise can be made of it.
 */
export function dueBefore(moment: string, location: string, all: readonly Inbound[]): number {
  return units(all.filter((one) => one.location === location && one.expectedAt !== null && one.expectedAt < moment));
}

/** Units that suppliers still owe a place. */
export function bought(location: string, all: readonly Inbound[]): number {
  return units(all.filter((one) => one.location === location && one.source.kind === 'purchase-order'));
}

/** What there is of a SKU, and beside it what is still to come: what is in transit, and what suppliers owe. */
export interface Expecting extends Levels {
  inbound: number;
  byLocation: (Units & { location: string; inbound: number })[];
}

/** Adds what is still to come to what there is, also where there has never been anything. */
export function expecting({ byLocation: known, ...everywhere }: Levels, all: readonly Inbound[]): Expecting {
  const waiting = [...new Set(all.map(({ location }) => location))];
  const others = waiting.filter((location) => !known.some((level) => level.location === location));
  const byLocation = [...known, ...others.map((location) => ({ location, ...unitsOf(NONE) }))]
    .map((level) => ({ ...level, inbound: level.inTransit + bought(level.location, all) }))
    .sort((a, b) => compare(a.location, b.location));
  return { ...everywhere, inbound: byLocation.reduce((sum, { inbound }) => sum + inbound, 0), byLocation };
}

function units(all: readonly { quantity: number }[]): number {
  return all.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** What has no date comes last. */
const dueOf = ({ expectedAt }: Inbound): string => expectedAt ?? '~';
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
