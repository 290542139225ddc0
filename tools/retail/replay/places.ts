import { createHash } from 'node:crypto';
import type { GeoPoint, LocationKind } from '#libs/contracts';
import type { Outlet } from './survey';

interface Place extends GeoPoint {
  id: string;
  name: string;
  kind: LocationKind;
}

/** The books are those of one house: a warehouse that sends everything out, and a store with a till. */
export const PLACES: Readonly<Record<Outlet, Place>> = {
  warehouse: { id: 'uk-warehouse', name: 'Warehouse', kind: 'warehouse', latitude: 52.2634, longitude: -1.1653 },
  store: { id: 'uk-store', name: 'Store', kind: 'store', latitude: 51.5136, longitude: -0.1365 },
};

/**
 * The books know no addresses. Online orders go to the warehouse's own town, so that they are always sent from there; what
 * stands in the store and in corner shops stays with its owners.
 */
export const DELIVER_TO: GeoPoint = { latitude: PLACES.warehouse.latitude, longitude: PLACES.warehouse.longitude };

const SOUTH_WEST: GeoPoint = { latitude: 51, longitude: -3 };
const SPAN_DEGREES = 2.5;

/** Where a corner shop stands: anywhere in the middle of England, and always at the same place. */
export function siteOf(shop: string): GeoPoint {
  const digest = createHash('sha256').update(shop).digest();
  const along = (at: number): number => (digest.readUInt16BE(at) / 0xffff) * SPAN_DEGREES;
  const rounded = (degrees: number): number => Math.round(degrees * 10_000) / 10_000;
  return { latitude: rounded(SOUTH_WEST.latitude + along(0)), longitude: rounded(SOUTH_WEST.longitude + along(2)) };
}

/** The shift of the store's till on a day. It stays open: another file may have more of that day. */
export function shiftOf(day: string): string {
  return `${PLACES.store.id}-${day}`;
}
