import type { SupplyOrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { SupplyOrder } from './supply-order';

/** No place could hold the goods: nothing is owed. */
export class RejectSupplyOrder {
  supplyOrderId!: string;
  /** What is short, for people. */
  detail!: string;
}

/** Only while the order waits for it; what comes late or again says nothing. */
export const rejectSupplyOrder: Decide<RejectSupplyOrder, SupplyOrder, SupplyOrderEvents> = (command, state) => {
  if (state?.status !== 'pending') return [];
  const { supplyOrderId, detail } = command;
  return [{ type: 'SupplyOrderRejected', data: { supplyOrderId, shop: state.shop, reason: 'out-of-stock', detail } }];
};
