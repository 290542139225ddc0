import type { GeoPoint, LocationKind } from '#libs/contracts';
import type { MakeTransfer } from '../transfers/make-transfer';
import { forecastDemand, type Past } from './forecast';
import { stockLevels, type StockLevels, type Supply } from './reorder-point';
import { suggestTransfers, type PlaceLevel, type Shortage, type Transfer } from './transfers';

/** What is available of a SKU at one place, and on its way there. */
export interface StockPosition extends GeoPoint {
  sku: string;
  location: string;
  kind: LocationKind;
  available: number;
  /** What transfers have under way to it, and purchase orders expect. */
  inbound: number;
}

/** How one place stands, and how that was found. */
export interface PlacePlan extends StockLevels {
  location: string;
  available: number;
  inbound: number;
  /** Expected units of a calendar day, to two decimals: a rate, not a quantity. */
  perDay: number;
  /** The forecast behind it. */
  class: string;
  method: string;
}

/** What should be moved and bought of one SKU, and why. */
export interface Replenishment {
  sku: string;
  places: PlacePlan[];
  /** `make`: what to send to `POST /inventory/transfers` to have it. */
  transfers: (Transfer & { reason: string; make: Pick<MakeTransfer, 'from' | 'to' | 'lines'> })[];
  purchases: (Shortage & { reason: string })[];
}

/** A locker holds what was paid for, and a corner shop has bought what it has: neither sends anything on. */
const SENDERS: readonly LocationKind[] = ['warehouse', 'store'];

/** What each place that carries the SKU needs by its own demand; a place that nobody asks needs nothing and can give all it has. */
export function replenish(
  sku: string,
  { positions, pasts, supply }: { positions: readonly StockPosition[]; pasts: ReadonlyMap<string, Past>; supply: Supply },
): Replenishment {
  const places = positions.map((position) => planFor(position, pasts.get(position.location), supply));
  const plans = new Map(places.map((plan) => [plan.location, plan]));
  const levels = positions.map((position): PlaceLevel => {
    const { reorderPoint = 0, orderUpTo = 0 } = plans.get(position.location) ?? {};
    return { ...position, reorderPoint, orderUpTo, sends: SENDERS.includes(position.kind) };
  });
  const { transfers, shortages } = suggestTransfers(levels);
  const why = (location: string): string => reasonOf(plans.get(location), supply);
  return {
    sku,
    places,
    transfers: transfers.map(({ from, to, quantity, distanceKm }) => ({
      ...{ from, to, quantity, distanceKm },
      reason: `${why(to)}; ${from} can spare it, ${distanceKm} km away`,
      make: { from, to, lines: [{ sku, quantity }] },
    })),
    purchases: shortages.map((shortage) => ({ ...shortage, reason: `${why(shortage.location)}; no other place can spare it` })),
  };
}

function planFor({ location, available, inbound }: StockPosition, past: Past | undefined, supply: Supply): PlacePlan {
  if (!past) {
    const nothing = { perDay: 0, safetyStock: 0, reorderPoint: 0, orderUpTo: 0 };
    return { location, available, inbound, ...nothing, class: 'no-demand', method: 'none' };
  }
  const days = Math.max(1, Math.ceil(supply.leadTimeDays + supply.reviewDays));
  const { expected, deviation, pattern, method } = forecastDemand(past, days);
  const perDay = expected.reduce((sum, units) => sum + units, 0) / days;
  const levels = stockLevels({ perDay, deviation }, supply);
  return {
    location,
    available,
    inbound,
    perDay: Math.round(perDay * 100) / 100,
    ...levels,
    class: pattern.class,
    method: method.name,
  };
}

function reasonOf(plan: PlacePlan | undefined, { leadTimeDays, serviceLevel }: Supply): string {
  const { location = '', available = 0, inbound = 0, reorderPoint = 0, perDay = 0, safetyStock = 0, orderUpTo = 0 } = plan ?? {};
  const coming = inbound > 0 ? `, ${inbound} are on their way,` : '';
  return (
    `${location} has ${available}${coming} and its reorder point is ${reorderPoint}: ${perDay} a day for ${leadTimeDays} days, and ` +
    `${safetyStock} against bad luck at a service level of ${serviceLevel * 100} %; this fills it up to ${orderUpTo}`
  );
}
