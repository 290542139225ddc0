import type { Capability, LocationKind } from '#libs/contracts';
import { whereabouts, type Whereabouts } from '../search';
import type { Place, Wanted } from '../place';
import { Territory, type Units } from '../territory';

/** A customer in Hangzhou. */
export const HOME = { latitude: 30.25, longitude: 120.16 };
/** One degree of latitude. */
export const KM_A_DEGREE = 111.195;

/** A place so many kilometers to the north of the customer. */
export function placeAt(location: string, km: number, facts: Partial<Place> = {}): Place {
  const kind: LocationKind = 'store';
  const capabilities: Capability[] = ['ships', 'pickup'];
  const where = { latitude: HOME.latitude + km / KM_A_DEGREE, longitude: HOME.longitude };
  return { location, kind, capabilities, openOrders: 0, ...where, ...facts };
}

/** What is on the shelves of some places: for each SKU the units by place; who is not named has never carried it. */
export function stocked(places: readonly Place[], ...skus: Readonly<Record<string, Units>>[]): Whereabouts {
  const shelves = skus.map((units) => {
    const ids = Object.keys(units).sort();
    const known = ids.map((id) => places.find(({ location }) => location === id));
    return { territory: new Territory(ids, known), available: ids.map((id) => units[id] ?? 0) };
  });
  return whereabouts(shelves);
}

/** An online order of so many units of each SKU: A, B, and so on. */
export function wanting(...quantities: number[]): Wanted {
  const lines = quantities.map((quantity, n) => ({ sku: 'ABC'[n] ?? 'Z', quantity }));
  return { demand: 'online-order', lines, deliverTo: HOME };
}
