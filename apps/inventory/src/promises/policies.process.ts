import type { PromisePolicyEvents, StockEvents } from '#libs/contracts';
import { later, processOf, type RecordedEvent, type Timed } from '#libs/eventsourcing/vocabulary';
import { FollowSkuPolicy } from './follow-sku-policy';

/**
 * At once, but as a timer: which places there are is asked of a view that waits for this very log, and what reads the log must not
 * wait for itself.
 */
const everywhere = ({ recordedAt, data: { sku } }: RecordedEvent<string, { sku: string }>): Timed[] => [
  later(sku, recordedAt, Object.assign(new FollowSkuPolicy(), { sku })),
];

/** A place follows from the first unit on. What happens there later changes no policy. */
const fromTheFirst = ({ version, data: { sku, location } }: RecordedEvent<string, { sku: string; location: string }>) =>
  version === 1 ? [Object.assign(new FollowSkuPolicy(), { sku, location })] : [];

/** What is said of a SKU holds wherever it is, and where it comes to be. */
export const placesFollowSkuPolicies = processOf<PromisePolicyEvents & StockEvents>()({
  name: 'places-follow-sku-policies',
  sources: ['inventory'],
  on: {
    PromisePolicySet: everywhere,
    PromisePolicyWithdrawn: everywhere,
    StockReceived: fromTheFirst,
    StockReturned: fromTheFirst,
    StockAdjusted: fromTheFirst,
    StockTransferAnnounced: fromTheFirst,
  },
});
