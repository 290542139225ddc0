import type { OrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { allocationOf, type Order } from './order';

/** The money of an order is authorized. */
export class ConfirmOrder {
  orderId!: string;
  paymentId!: string;
}

/** Nothing when the order ended meanwhile: its end voids the money. */
export const confirmOrder: Decide<ConfirmOrder, Order, OrderEvents> = ({ orderId, paymentId }, state) => {
  if (state?.status !== 'allocated') return [];
  const { customer, lines, totals, deliverTo, recipient } = state.purchase;
  const goods = { lines, totals, deliverTo, ...(recipient && { recipient }) };
  return [{ type: 'OrderConfirmed', data: { orderId, customer, ...allocationOf(state), ...goods, paymentId } }];
};
