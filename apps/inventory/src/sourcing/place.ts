import type {
  Capability,
  Channel,
  DeliveryService,
  Demand,
  GeoPoint,
  LocationKind,
  LocationProfile,
  Obstacle,
  SourcingRule,
  StockLine,
} from '#libs/contracts';
import { greatCircleKm } from '../locations/great-circle';
import { minutesUntilOpen } from '../locations/opening-hours';
import { delivers } from '../locations/service-area';

/** What goods are wanted, by whom, and where. */
export interface Wanted {
  demand: Demand;
  /** One line per SKU. */
  lines: readonly StockLine[];
  /** Whose promise it is; absent: that of the demand. */
  channel?: Channel;
  /** Null when the customer was erased before the order was held: then every place is as near as any other. */
  deliverTo: GeoPoint | null;
  /** Absent: as a parcel. */
  service?: DeliveryService;
  /** When it was asked for: UTC, ISO 8601. */
  at?: string;
}

/** A place where goods may be. */
export interface Place extends GeoPoint, LocationProfile {
  location: string;
  kind: LocationKind;
  capabilities: Capability[];
  /** Orders that it holds goods for. */
  openOrders: number;
}

/** By which channel's promise goods are held, unless it is said. */
export const CHANNEL_OF: Readonly<Record<Demand, Channel>> = {
  'online-order': 'storefront',
  'supply-order': 'lingshoutong',
  direct: 'storefront',
};

/** A shop is not supplied by another shop, and a locker holds only what was paid for. */
const SOURCES: Readonly<Record<Demand, readonly LocationKind[]>> = {
  'online-order': ['warehouse', 'store', 'corner-shop'],
  'supply-order': ['warehouse', 'store'],
  direct: ['warehouse', 'store', 'corner-shop'],
};

/** What a place must be able to do. */
const NEEDED: Readonly<Record<DeliveryService, Capability>> = {
  ...{ parcel: 'ships', 'thirty-minute': 'thirty-minute', pickup: 'pickup' },
};

/** No two places on Earth are farther apart. */
const EVERYWHERE_KM = 20_016;

/** What keeps a place from giving goods to whoever wants them, whatever is on its shelves; undefined when nothing does. */
export function obstacle(place: Place, wanted: Wanted, rule: SourcingRule): Obstacle | undefined {
  const { demand, deliverTo, service = 'parcel', at } = wanted;
  if (!SOURCES[demand].includes(place.kind)) return 'wrong-kind';
  if (!place.capabilities.includes(NEEDED[service])) return 'cannot';
  // Who fetches it comes from anywhere.
  if (deliverTo && service !== 'pickup' && !delivers(place, deliverTo)) return 'outside-area';
  const reachKm = service === 'thirty-minute' ? Math.min(rule.maxKm, rule.thirtyMinuteKm) : rule.maxKm;
  if (reachKm < EVERYWHERE_KM && kmTo(place, wanted) > reachKm) return 'too-far';
  return service === 'parcel' || isOpenFor(service, place, at) ? undefined : 'closed';
}

/** Riders leave at once; who fetches goods waits until somebody is there. */
function isOpenFor(service: DeliveryService, { openingHours, timeZone = 'UTC' }: Place, at: string | undefined): boolean {
  if (!openingHours || at === undefined) return true;
  const minutes = minutesUntilOpen(openingHours, timeZone, at);
  return service === 'pickup' ? minutes !== undefined : minutes === 0;
}

/** The way to where the goods go; none when nobody knows where. */
export function kmTo(place: GeoPoint, { deliverTo }: Wanted): number {
  return deliverTo ? greatCircleKm(place, deliverTo) : 0;
}
