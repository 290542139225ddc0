import type { PromisePolicy } from '#libs/contracts';
import { to, type DecideAcross, type StreamEvents, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { asSet } from '../stock/quotas';
import { stock, stockId, type Stock } from '../stock/stock';
import { promisePolicy } from './promise-policy';
import { isSamePolicy } from './set-policy';

/** Brings the policy of a SKU to the places that have none of their own. */
export class FollowSkuPolicy {
  sku!: string;
  /** Where; absent: wherever the SKU is. */
  location?: string;
}

/** Says of each place what has changed for it. `given`: the places. */
export const followSkuPolicy: DecideAcross<FollowSkuPolicy, readonly string[]> = ({ sku }, stateOf, { given: places }) => {
  const { terms } = stateOf(promisePolicy, sku);
  return places.flatMap((location) => followed({ sku, location }, stateOf(stock, stockId(sku, location)), terms));
};

function followed(
  at: { sku: string; location: string },
  { policy: known }: Stock,
  policy: PromisePolicy | undefined,
): StreamEvents[] {
  if (known?.scope === 'place' || isSamePolicy(known && asSet(known), policy)) return [];
  const id = stockId(at.sku, at.location);
  if (!policy) return [to(stock, id, { type: 'StockPromisePolicyWithdrawn', data: at })];
  return [to(stock, id, { type: 'StockPromisePolicySet', data: { ...at, scope: 'sku', ...policy } })];
}

/** What is said of the SKU, and its stock at each place. */
export function followerStreams({ sku }: FollowSkuPolicy, places: readonly string[]): StreamRef[] {
  return [{ aggregate: promisePolicy, id: sku }, ...places.map((place) => ({ aggregate: stock, id: stockId(sku, place) }))];
}
