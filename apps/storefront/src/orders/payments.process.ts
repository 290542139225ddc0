import type { PaymentEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { ConfirmOrder } from './confirm-order';
import { RecordPayment } from './record-payment';
import { RejectOrder } from './reject-order';

/** An order is confirmed when its money is authorized, ends when it is declined, and is paid when it is captured. */
export const paymentsDecideOrders = processOf<PaymentEvents>()({
  name: 'payments-decide-orders',
  sources: ['payment'],
  on: {
    PaymentAuthorized: ({ data: { orderId, paymentId } }) => [Object.assign(new ConfirmOrder(), { orderId, paymentId })],
    PaymentDeclined: ({ data: { orderId, reason } }) => [
      Object.assign(new RejectOrder(), {
        orderId,
        reason: 'payment-declined' as const,
        detail: `The payment was declined: ${reason}.`,
      }),
    ],
    PaymentCaptured: ({ data: { orderId, paymentId, amountMinor, currency } }) => [
      Object.assign(new RecordPayment(), { orderId, paymentId, amountMinor, currency }),
    ],
  },
});
