import type { LocationEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { CAPABILITIES_OF, type Location } from './location';
import { said } from './register-location';

/** Says of the place that a corner shop is what the shop says of itself. */
export class FollowShop {
  location!: string;
  name!: string;
  latitude!: number;
  longitude!: number;
}

/** Name and coordinates are the shop's; what was said here of hours, areas and what it can do stays. */
export const followShop: Decide<FollowShop, Location, LocationEvents> = ({ location, name, latitude, longitude }, known) => {
  const kind = 'corner-shop';
  return said(known, { capabilities: [...CAPABILITIES_OF[kind]], ...known, location, name, kind, latitude, longitude });
};
