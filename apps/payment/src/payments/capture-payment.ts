import type { PaymentEvents } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { isHeld, type Payment } from './payment';

/** The goods of an order left: take its money. */
export class CapturePayment {
  orderId!: string;
}

/**
 * All that is held, once. Refuses when nothing is held: goods left that nobody pays for, which cannot happen as long as
 * only confirmed orders are sent, so somebody has to look.
 */
export const capturePayment: Decide<CapturePayment, Payment, PaymentEvents> = ({ orderId }, state) => {
  if (state?.status === 'captured') return [];
  if (!isHeld(state)) throw nothingHeld(orderId, state?.status ?? 'unknown');
  const { customer, amountMinor, currency } = state;
  return [{ type: 'PaymentCaptured', data: { paymentId: orderId, orderId, customer, amountMinor, currency } }];
};

function nothingHeld(orderId: string, status: string): Refusal {
  return new Refusal(
    'nothing-to-capture',
    `The goods of order ${orderId} have left, but its payment is ${status}.`,
    'Ask the customer for the money, or get the goods back.',
    'conflict',
  );
}
