import type { OrderEvents, OrderRejectionReason } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Order } from './order';

/** Inventory has not all of the goods, or the payment provider said no. */
export class RejectOrder {
  orderId!: string;
  reason!: OrderRejectionReason;
  /** For people: what was short, why the money was declined. */
  detail!: string;
}

/** The step of an order that each answer is an answer to. */
const ASKED_IN = { 'out-of-stock': 'pending', 'payment-declined': 'allocated' } as const;

/** Nothing when the order is past that step: it was decided or called off before. */
export const rejectOrder: Decide<RejectOrder, Order, OrderEvents> = ({ orderId, reason, detail }, state) => {
  if (state?.status !== ASKED_IN[reason]) return [];
  return [{ type: 'OrderRejected', data: { orderId, customer: state.purchase.customer, reason, detail } }];
};
