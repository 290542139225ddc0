import type { GeoPoint, LocationKind } from './values';

/** What can be done at a place: send parcels, hand over what was ordered, deliver within half an hour, keep goods cold. */
export type Capability = 'ships' | 'pickup' | 'thirty-minute' | 'chilled';

/** In the order of ISO 8601. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A stretch of one day in local time, `HH:MM`; the day ends at `24:00`, and a night goes on in the day after. */
export interface OpenHours {
  opens: string;
  closes: string;
}

/** A day that is absent is a day off. */
export type WeeklyHours = Partial<Record<Weekday, OpenHours[]>>;

/** What a place can do, when, and for whom. */
export interface LocationProfile {
  /** In the events of places from before there were capabilities they are absent; then the kind says what a place can do. */
  capabilities?: Capability[];
  /** IANA name, `Asia/Shanghai`. */
  timeZone?: string;
  /** In `timeZone`; absent: always open. */
  openingHours?: WeeklyHours;
  /** How far it delivers. Without this and `serviceArea` it delivers everywhere. */
  serviceRadiusMeters?: number;
  /** Where it delivers: a closed GeoJSON ring, `[longitude, latitude]`. */
  serviceArea?: [longitude: number, latitude: number][];
  /** How many orders a day it can handle; absent: as many as come. */
  dailyOrders?: number;
}

interface LocationFacts extends GeoPoint, LocationProfile {
  location: string;
  name: string;
  kind: LocationKind;
}

/** Stream `location:<id>` of `inventory`: the places where stock can be. */
export interface LocationEvents {
  /** A place was added to the network. */
  LocationRegistered: LocationFacts;
  /** Something about a place changed; the event carries all of it as it now is. */
  LocationChanged: LocationFacts;
}
