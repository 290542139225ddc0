import type { Money } from '#libs/contracts';
import type { Authorization } from '../payments/authorize-payment';

/** Money that shall be held for an order. */
export interface Hold extends Money {
  paymentId: string;
  customer: string;
  /** What the customer's side of the payment was turned into; never card data; absent: nothing in particular. */
  paymentToken?: string;
}

/**
 * The port to whoever moves the money. Every call names what it is for (a payment, a refund), and is carried out once per
 * name: asked again, the provider gives the first answer. A call that is not answered rejects and is asked again.
 */
export abstract class PaymentProvider {
  /** Holds money; asked again for a payment it gives the answer that it gave before. */
  abstract authorize(hold: Hold): Promise<Authorization>;
  /** Takes all that is held. */
  abstract capture(paymentId: string): Promise<void>;
  /** Lets go of what is held. */
  abstract void(paymentId: string): Promise<void>;
  /** Gives back some of what was taken. */
  abstract refund(refundId: string, paymentId: string, amount: Money): Promise<void>;
  /** Pays a customer without a payment to take it back from; answers under which reference. */
  abstract payOut(refundId: string, customer: string, amount: Money): Promise<string>;
}
