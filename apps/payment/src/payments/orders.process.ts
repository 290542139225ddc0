import type { OrderEvents, ReturnEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { IssueRefund } from '../refunds/issue-refund';
import { AuthorizePayment } from './authorize-payment';
import { RefundPayment } from './refund-payment';
import { VoidPayment } from './void-payment';

/**
 * An order's money is held when its goods are, let go when it is called off, and given back when its goods come back. A rejected
 * order has none: it ends before its money is asked for, or because that was declined.
 */
export const ordersMoveMoney = processOf<OrderEvents & ReturnEvents>()({
  name: 'orders-move-money',
  sources: ['storefront'],
  on: {
    OrderAllocated: ({ data: { orderId, customer, totals, paymentToken } }) => {
      const { amountMinor, currency } = totals;
      const money = { amountMinor, currency, ...(paymentToken && { paymentToken }) };
      return [Object.assign(new AuthorizePayment(), { orderId, customer, ...money })];
    },
    OrderCancelled: ({ data: { orderId, reason } }) => [Object.assign(new VoidPayment(), { orderId, reason })],
    ReturnAccepted: ({ data: { returnId, orderId, customer, totals } }) => {
      // The totals of a return are below zero; `+ 0` keeps a return of nothing from asking for -0.
      const amountMinor = -totals.amountMinor + 0;
      if (orderId !== undefined) return [Object.assign(new RefundPayment(), { orderId, returnId, amountMinor })];
      return [Object.assign(new IssueRefund(), { returnId, customer, amountMinor, currency: totals.currency })];
    },
  },
});
