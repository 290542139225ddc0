import type { GeoPoint, LocationEvents, LocationKind } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** A place as it now is; undefined until it is registered. */
export type Location = (GeoPoint & { name: string; kind: LocationKind }) | undefined;

const facts = ({ name, kind, latitude, longitude }: LocationEvents['LocationRegistered']): Location => ({
  name,
  kind,
  latitude,
  longitude,
});

export const location: Aggregate<Location, LocationEvents> = {
  category: 'location',
  initial: undefined,
  evolve: {
    LocationRegistered: (_, event) => facts(event),
    LocationChanged: (_, event) => facts(event),
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
