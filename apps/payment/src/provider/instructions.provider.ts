import { Streams, type Resolve } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import type { Authorization, AuthorizePayment } from '../payments/authorize-payment';
import type { CapturePayment } from '../payments/capture-payment';
import { canRefund, isHeld, payment, type Payment } from '../payments/payment';
import type { RefundPayment } from '../payments/refund-payment';
import type { VoidPayment } from '../payments/void-payment';
import type { IssueRefund } from '../refunds/issue-refund';
import { PaymentProvider } from './payment.provider';

/**
 * What the provider is told before a rule decides. It is told first, because only its answer makes the fact; if the fact is then
 * not written, the command comes again and the provider knows the name. It is told only what the books allow, so that a late
 * or repeated command moves no money.
 */

/** Nobody can pay any more with the token of a customer who was erased. */
export async function askToHold(command: AuthorizePayment, get: Resolve): Promise<Authorization> {
  const { orderId: paymentId, customer, amountMinor, currency } = command;
  const { paymentToken } = await get(Vault).reveal({ paymentToken: command.paymentToken });
  if (paymentToken === null) return { approved: false, reason: 'the customer was erased' };
  return get(PaymentProvider).authorize({ paymentId, customer, amountMinor, currency, ...(paymentToken && { paymentToken }) });
}

export async function tellToCapture({ orderId }: CapturePayment, get: Resolve): Promise<undefined> {
  if (isHeld(await booked(orderId, get))) await get(PaymentProvider).capture(orderId);
}

export async function tellToVoid({ orderId }: VoidPayment, get: Resolve): Promise<undefined> {
  if (isHeld(await booked(orderId, get))) await get(PaymentProvider).void(orderId);
}

export async function tellToRefund({ orderId, returnId, amountMinor }: RefundPayment, get: Resolve): Promise<undefined> {
  const state = await booked(orderId, get);
  if (!canRefund(state, returnId, amountMinor)) return;
  await get(PaymentProvider).refund(returnId, orderId, { amountMinor, currency: state.currency });
}

export function askToPayOut({ returnId, customer, amountMinor, currency }: IssueRefund, get: Resolve): Promise<string> {
  return get(PaymentProvider).payOut(returnId, customer, { amountMinor, currency });
}

async function booked(orderId: string, get: Resolve): Promise<Payment> {
  return (await get(Streams).read(payment, orderId)).state;
}
