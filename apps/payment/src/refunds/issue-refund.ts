import type { RefundEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Refund } from './refund';

/** Goods came back that name no order: pay their customer. */
export class IssueRefund {
  returnId!: string;
  customer!: string;
  /** Positive. */
  amountMinor!: number;
  currency!: string;
}

/** Once per return; `given` is the provider's reference. */
export const issueRefund: Decide<IssueRefund, Refund, RefundEvents, string> = (command, state, { given: providerReference }) => {
  if (state) return [];
  const { returnId, customer, amountMinor, currency } = command;
  return [{ type: 'RefundIssued', data: { returnId, customer, amountMinor, currency, providerReference } }];
};
