import { normalQuantile } from './normal-quantile';

/** How goods come to a place. */
export interface Supply {
  /** From the order to the shelf, in days, on average. */
  leadTimeDays: number;
  /** How far deliveries are usually from that, in days (standard deviation). */
  leadTimeDeviation: number;
  /** Days between two looks at the stock: what is ordered has to last that long. */
  reviewDays: number;
  /** Probability that the goods last until the delivery, from 0.5 to below 1. */
  serviceLevel: number;
}

/** Expected demand of a calendar day, and how far days are from it (standard deviation). */
export interface DailyDemand {
  perDay: number;
  deviation: number;
}

/** When to order, and up to how much; whole units. */
export interface StockLevels {
  /** Of the reorder point, what is there for bad luck alone. */
  safetyStock: number;
  /** At or below this much, order. */
  reorderPoint: number;
  /** Order so much that there is this much. */
  orderUpTo: number;
}

/**
 * Levels of a reorder-point, order-up-to policy (s, S):
 *
 *     safety stock  = z √(L σ² + d² σL²)
 *     reorder point = d L + safety stock
 *     order up to   = reorder point + d R
 *
 * with demand d ± σ per day, lead time L ± σL, review every R days, and z the normal quantile of the service level (Silver, Pyke and
 * Thomas 2017, Inventory and Production Management in Supply Chains, chapter 6). Days are taken as independent of each
 * other. For what hardly ever sells the normal distribution is a rough guess, on the safe side.
 */
export function stockLevels({ perDay, deviation }: DailyDemand, supply: Supply): StockLevels {
  const { leadTimeDays, leadTimeDeviation, reviewDays, serviceLevel } = supply;
  const spread = Math.sqrt(leadTimeDays * deviation ** 2 + (perDay * leadTimeDeviation) ** 2);
  const safety = normalQuantile(serviceLevel) * spread;
  const reorderPoint = Math.ceil(perDay * leadTimeDays + safety);
  return { safetyStock: Math.ceil(safety), reorderPoint, orderUpTo: reorderPoint + Math.ceil(perDay * reviewDays) };
}
