import type { GeoPoint } from '#libs/contracts';

/** Mean radius of the Earth in kilometers (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The way between two points along the great circle, in kilometers (haversine formula; off by up to 0.5 %). */
export function greatCircleKm(from: GeoPoint, to: GeoPoint): number {
  const north = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2;
  const east = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  const chord = north + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * east;
  // Rounding may carry the chord of two antipodes past 1, where the arc sine ends.
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, chord)));
}
