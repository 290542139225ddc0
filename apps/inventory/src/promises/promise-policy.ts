import type { PromisePolicy, PromisePolicyEvents } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';

/** How a SKU is shared between channels at every place that has no policy of its own. */
export interface SkuPolicy {
  /** Absent: whoever comes first. */
  terms?: PromisePolicy;
}

export const promisePolicy: Aggregate<SkuPolicy, PromisePolicyEvents> = {
  category: 'promise-policy',
  initial: {},
  evolve: {
    PromisePolicySet: (_, { sku: _sku, ...terms }) => ({ terms }),
    PromisePolicyWithdrawn: () => ({}),
  },
};
