import type { OrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { isPromised, type Order } from './order';

/** The money of an order was captured. */
export class RecordPayment {
  orderId!: string;
  paymentId!: string;
  amountMinor!: number;
  currency!: string;
}

/** Once. It may come before or after the news that the parcel left: payment and fulfillment are heard side by side. */
export const recordPayment: Decide<RecordPayment, Order, OrderEvents> = (command, state) => {
  if (!isPromised(state) || state.isPaid) return [];
  const { orderId, paymentId, amountMinor, currency } = command;
  return [{ type: 'OrderPaid', data: { orderId, customer: state.purchase.customer, paymentId, amountMinor, currency } }];
};
