import type { PromisePolicy, PromisePolicyEvents } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';

/** How a SKU is shared between channels at every place that has no policy of its own; undefined: whoever comes first. */
export type SkuPolicy = PromisePolicy | undefined;

export const promisePolicy: Aggregate<SkuPolicy, PromisePolicyEvents> = {
  category: 'promise-policy',
  initial: undefined,
  evolve: {
    PromisePolicySet: (_, { sku: _sku, ...policy }) => policy,
    PromisePolicyWithdrawn: () => undefined,
  },
};
