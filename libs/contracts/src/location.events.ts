import type { GeoPoint, LocationKind } from './values';

interface LocationFacts extends GeoPoint {
  location: string;
  name: string;
  kind: LocationKind;
}

/** Stream `location:<id>` of `inventory`: the places where stock can be. */
export interface LocationEvents {
  /** A place was added to the network. */
  LocationRegistered: LocationFacts;
  /** The name, kind or coordinates of a place changed; the event carries all of them as they now are. */
  LocationChanged: LocationFacts;
}
