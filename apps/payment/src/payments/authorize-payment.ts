import type { PaymentEvents, Sealed } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Payment } from './payment';

/** The goods of an order are held: hold its money, too. The id of a payment is that of its order. */
export class AuthorizePayment {
  orderId!: string;
  customer!: string;
  amountMinor!: number;
  currency!: string;
  paymentToken?: Sealed<string>;
}

/** What the provider says to a hold. A no is an answer, not a fault. */
export type Authorization = { approved: true; providerReference: string } | { approved: false; reason: string };

/** The provider's answer becomes a fact, once. */
export const authorizePayment: Decide<AuthorizePayment, Payment, PaymentEvents, Authorization> = (command, state, { given }) => {
  if (state) return [];
  const { orderId, customer, amountMinor, currency } = command;
  const about = { paymentId: orderId, orderId, customer, amountMinor, currency };
  return given.approved
    ? [{ type: 'PaymentAuthorized', data: { ...about, providerReference: given.providerReference } }]
    : [{ type: 'PaymentDeclined', data: { ...about, reason: given.reason } }];
};
