import type { DocumentTotals } from './values';

interface Payment {
  paymentId: string;
  orderId: string;
  customer: string;
  amountMinor: number;
  currency: string;
}

/** Stream `payment:<order id>` of `payment`: the money of one online order. */
export interface PaymentEvents {
  /** The provider holds the amount for us. */
  PaymentAuthorized: Payment & { providerReference: string };
  /** The provider said no; nothing is held. */
  PaymentDeclined: Payment & { reason: string };
  /** The goods left, so the held amount was taken: at most once per order. */
  PaymentCaptured: Payment;
  /** The held amount was given back before it was taken. */
  PaymentVoided: Payment & { reason: string };
  /** Money taken for this order went back for return `returnId`. */
  PaymentRefunded: Payment & { returnId: string };
}

/** Stream `refund:<return id>` of `payment`: money back for a return that names no order. */
export interface RefundEvents {
  RefundIssued: { returnId: string; customer: string; amountMinor: number; currency: string; providerReference: string };
}

/** Stream `ledger:<id>` of `payment`: corrections of the books that move money and no goods. */
export interface LedgerEvents {
  LedgerAdjusted: {
    adjustmentId: string;
    reason: string;
    lines: { description: string; quantity: number; amountMinor: number }[];
    totals: DocumentTotals;
  };
}
