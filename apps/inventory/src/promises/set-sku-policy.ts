import type { PromisePolicyEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { SkuPolicy } from './promise-policy';
import { checkTerms, isSamePolicy, PolicyTerms, termsOf, unknownPolicy } from './set-policy';

/** Says how a SKU is shared at every place that has no policy of its own, now or later. Quotas are so many units at each place. */
export class SetSkuPolicy extends PolicyTerms {}

/** Nothing to say when it is so already. The places follow within a moment. */
export const setSkuPolicy: Decide<SetSkuPolicy, SkuPolicy, PromisePolicyEvents> = (command, { terms }) => {
  checkTerms(command);
  if (isSamePolicy(terms, command)) return [];
  return [{ type: 'PromisePolicySet', data: { sku: command.sku, ...termsOf(command) } }];
};

/** Takes the policy of a SKU back from every place that follows it. */
export class WithdrawSkuPolicy {
  /** From the path. */
  sku!: string;
}

/** Refuses when there is none. */
export const withdrawSkuPolicy: Decide<WithdrawSkuPolicy, SkuPolicy, PromisePolicyEvents> = ({ sku }, { terms }) => {
  if (!terms) throw unknownPolicy(sku);
  return [{ type: 'PromisePolicyWithdrawn', data: { sku } }];
};
