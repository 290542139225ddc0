import type { Capability, GeoPoint, LocationEvents, LocationKind, LocationProfile } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** A place as it now is; undefined until it is registered. */
export type Location =
  (GeoPoint & LocationProfile & { name: string; kind: LocationKind; capabilities: Capability[] }) | undefined;

/** What a place of a kind can do when nobody says more. */
export const CAPABILITIES_OF: Readonly<Record<LocationKind, readonly Capability[]>> = {
  warehouse: ['ships'],
  store: ['ships', 'pickup', 'thirty-minute', 'chilled'],
  'corner-shop': ['ships', 'pickup'],
  locker: ['pickup'],
};

/** Events of places from before there were capabilities are understood as of today. */
export function factsOf({ location: _, ...facts }: LocationEvents['LocationRegistered']): NonNullable<Location> {
  return { ...facts, capabilities: facts.capabilities ?? [...CAPABILITIES_OF[facts.kind]] };
}

export const location: Aggregate<Location, LocationEvents> = {
  category: 'location',
  initial: undefined,
  evolve: {
    LocationRegistered: (_, event) => factsOf(event),
    LocationChanged: (_, event) => factsOf(event),
  },
};

/** What somebody is told who names a place that is not there. */
export function unknownLocation(id: string, kind: 'not-found' | 'unprocessable'): Refusal {
  return new Refusal(
    'unknown-location',
    `There is no location ${id}.`,
    'Register it with PUT /inventory/locations/:id, or name one that GET /inventory/locations lists.',
    kind,
  );
}
