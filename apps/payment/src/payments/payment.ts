import type { PaymentEvents } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

interface Facts {
  customer: string;
  amountMinor: number;
  currency: string;
}

/** Money that was taken. */
export interface CapturedPayment extends Facts {
  status: 'captured';
  /** What went back, by return. */
  refunds: ReadonlyMap<string, number>;
}

/** The money of one order; undefined until the provider was asked. Declined and voided are ends. */
export type Payment =
  | undefined
  | (Facts & { status: 'authorized'; providerReference: string })
  | (Facts & { status: 'declined' | 'voided'; reason: string })
  | CapturedPayment;

const facts = ({ customer, amountMinor, currency }: Facts): Facts => ({ customer, amountMinor, currency });

export const payment: Aggregate<Payment, PaymentEvents> = {
  category: 'payment',
  initial: undefined,
  evolve: {
    PaymentAuthorized: (_, event) => ({ ...facts(event), status: 'authorized', providerReference: event.providerReference }),
    PaymentDeclined: (_, event) => ({ ...facts(event), status: 'declined', reason: event.reason }),
    PaymentCaptured: (_, event) => ({ ...facts(event), status: 'captured', refunds: new Map() }),
    PaymentVoided: (_, event) => ({ ...facts(event), status: 'voided', reason: event.reason }),
    PaymentRefunded: (state, { returnId, amountMinor }) =>
      state?.status === 'captured' ? { ...state, refunds: new Map(state.refunds).set(returnId, amountMinor) } : state,
  },
};

/** Only what is held can be taken, or let go. */
export function isHeld(state: Payment): state is Extract<Payment, { status: 'authorized' }> {
  return state?.status === 'authorized';
}

/** What went back so far, in minor units. */
export function refundedMinor({ refunds }: CapturedPayment): number {
  return [...refunds.values()].reduce((sum, amountMinor) => sum + amountMinor, 0);
}

/** Whether this return may take so much back: it has not yet, and so much of what was taken is left. */
export function canRefund(state: Payment, returnId: string, amountMinor: number): state is CapturedPayment {
  return state?.status === 'captured' && !state.refunds.has(returnId) && amountMinor <= state.amountMinor - refundedMinor(state);
}

/** What somebody is told who asks for the payment of an order that has none. */
export function unknownPayment(orderId: string): Refusal {
  return new Refusal(
    'unknown-payment',
    `There is no payment for order ${orderId.slice(0, 80)}.`,
    'A payment begins when the goods of the order are held; GET /storefront/orders/:id says how far it is.',
    'not-found',
  );
}
