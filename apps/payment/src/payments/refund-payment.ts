import type { PaymentEvents } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { canRefund, type Payment } from './payment';

/** Goods of an order came back: give their money back. */
export class RefundPayment {
  orderId!: string;
  returnId!: string;
  /** Positive. */
  amountMinor!: number;
}

/**
 * Once per return. Refuses more than what is left of the captured money, which cannot happen as long as the storefront takes
 * back no more than it sold, so somebody has to look.
 */
export const refundPayment: Decide<RefundPayment, Payment, PaymentEvents> = (command, state) => {
  const { orderId, returnId, amountMinor } = command;
  if (state?.status === 'captured' && state.refunds.has(returnId)) return [];
  if (!canRefund(state, returnId, amountMinor)) throw moreThanCaptured(command);
  const { customer, currency } = state;
  return [{ type: 'PaymentRefunded', data: { paymentId: orderId, orderId, customer, amountMinor, currency, returnId } }];
};

function moreThanCaptured({ orderId, returnId, amountMinor }: RefundPayment): Refusal {
  return new Refusal(
    'more-than-captured',
    `Return ${returnId} asks for ${amountMinor} back, which is more than is left of what order ${orderId} paid.`,
    'Compare GET /payment/payments/:orderId with the return, and pay the difference by hand if it is owed.',
    'conflict',
  );
}
