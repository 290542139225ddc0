import { to, type DecideAcross, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { location as place, unknownLocation } from '../locations/location';
import { asSet } from '../stock/quotas';
import { stock, stockId } from '../stock/stock';
import { promisePolicy } from './promise-policy';
import { checkTerms, isSamePolicy, PolicyTerms, termsOf, unknownPolicy } from './set-policy';

/** Says how a SKU is shared at one place, whatever is said of it elsewhere. It holds from the next promise on. */
export class SetPlacePolicy extends PolicyTerms {
  /** From the path. */
  location!: string;
}

/** Nothing to say when it is so already. Refuses a place that is not registered. */
export const setPlacePolicy: DecideAcross<SetPlacePolicy> = (command, stateOf) => {
  const { sku, location } = command;
  checkTerms(command);
  if (!stateOf(place, location)) throw unknownLocation(location, 'unprocessable');
  const { policy } = stateOf(stock, stockId(sku, location));
  if (policy?.scope === 'place' && isSamePolicy(asSet(policy), command)) return [];
  const data = { sku, location, scope: 'place' as const, ...termsOf(command) };
  return [to(stock, stockId(sku, location), { type: 'StockPromisePolicySet', data })];
};

/** Takes the policy of one place back: the SKU's own is followed again, where there is one. */
export class WithdrawPlacePolicy {
  /** From the path. */
  sku!: string;
  /** From the path. */
  location!: string;
}

/** Refuses when the place has none of its own. */
export const withdrawPlacePolicy: DecideAcross<WithdrawPlacePolicy> = ({ sku, location }, stateOf) => {
  const id = stockId(sku, location);
  if (stateOf(stock, id).policy?.scope !== 'place') throw unknownPolicy(sku, location);
  const { terms: general } = stateOf(promisePolicy, sku);
  if (!general) return [to(stock, id, { type: 'StockPromisePolicyWithdrawn', data: { sku, location } })];
  return [to(stock, id, { type: 'StockPromisePolicySet', data: { sku, location, scope: 'sku', ...general } })];
};

/** The stock, its place, and what is said of its SKU everywhere. */
export function policyStreams({ sku, location }: { sku: string; location: string }): StreamRef[] {
  return [
    { aggregate: stock, id: stockId(sku, location) },
    { aggregate: place, id: location },
    { aggregate: promisePolicy, id: sku },
  ];
}
