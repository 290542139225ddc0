import type { PaymentEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { isHeld, type Payment } from './payment';

/** An order ended without a sale: let go of its money. */
export class VoidPayment {
  orderId!: string;
  reason!: string;
}

/** Nothing when nothing is held: it was never authorized, declined, or voided before. */
export const voidPayment: Decide<VoidPayment, Payment, PaymentEvents> = ({ orderId, reason }, state) => {
  if (!isHeld(state)) return [];
  const { customer, amountMinor, currency } = state;
  return [{ type: 'PaymentVoided', data: { paymentId: orderId, orderId, customer, amountMinor, currency, reason } }];
};
