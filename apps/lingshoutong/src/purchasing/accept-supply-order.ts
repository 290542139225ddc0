import type { SupplyOrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { SupplyOrder } from './supply-order';

/** The goods are held: the sale to the shop stands. */
export class AcceptSupplyOrder {
  supplyOrderId!: string;
  /** Where they are held. */
  location!: string;
}

/** Only while the order waits for it; what comes late or again says nothing. */
export const acceptSupplyOrder: Decide<AcceptSupplyOrder, SupplyOrder, SupplyOrderEvents> = (command, state) => {
  if (state?.status !== 'pending') return [];
  const { supplyOrderId, location } = command;
  const { shop, lines, totals } = state;
  return [{ type: 'SupplyOrderAccepted', data: { supplyOrderId, shop, location, lines, totals } }];
};
