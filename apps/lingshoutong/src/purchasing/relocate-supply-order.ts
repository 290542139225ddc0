import type { SupplyOrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { SupplyOrder } from './supply-order';

/** Another place holds the goods now. */
export class RelocateSupplyOrder {
  supplyOrderId!: string;
  location!: string;
}

/** Only while they have not left; what comes late says nothing. */
export const relocateSupplyOrder: Decide<RelocateSupplyOrder, SupplyOrder, SupplyOrderEvents> = (command, state) => {
  if (state?.status !== 'accepted') return [];
  const { supplyOrderId, location } = command;
  return [{ type: 'SupplyOrderRelocated', data: { supplyOrderId, shop: state.shop, location } }];
};
