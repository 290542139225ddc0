import type { Authorization } from '../payments/authorize-payment';
import { PaymentProvider, type Hold } from './payment.provider';

/** The token that is declined; every other one is approved. */
export const DECLINED_TOKEN = 'sandbox-decline';

/**
 * Moves no money and remembers nothing: its answers follow from what it is asked, so that it gives the same answer after a
 * restart, and in every process.
 */
export class SandboxProvider extends PaymentProvider {
  authorize({ paymentId, paymentToken }: Hold): Promise<Authorization> {
    if (paymentToken === DECLINED_TOKEN) return Promise.resolve({ approved: false, reason: 'declined by the sandbox' });
    return Promise.resolve({ approved: true, providerReference: `sandbox-payment-${paymentId}` });
  }

  capture(): Promise<void> {
    return Promise.resolve();
  }

  void(): Promise<void> {
    return Promise.resolve();
  }

  refund(): Promise<void> {
    return Promise.resolve();
  }

  payOut(refundId: string): Promise<string> {
    return Promise.resolve(`sandbox-refund-${refundId}`);
  }
}
