import type { UnitPrice } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { hasLeft, unknownOrder, type Order } from '../orders/order';
import type { Bought } from './take-back';

/** What somebody says who brings goods of an order back. */
interface Asked {
  customer: string;
  currency: string;
  lines: readonly { sku: string; unitPrice?: UnitPrice }[];
}

/**
 * The order that goods come back from: its own customer's, paid in the same currency, and on its way or there.
 * @throws Refusal `unknown-order`, `customer-mismatch`, `currency-mismatch`, `price-fixed-by-order`, `order-not-shipped` or
 * `order-not-paid`
 */
export function returnable(asked: Asked, orderId: string, state: Order): Bought {
  if (!state) throw unknownOrder(orderId, 'unprocessable');
  const { customer, lines, totals } = state.purchase;
  if (customer !== asked.customer) throw notTheirs(orderId);
  if (totals.currency !== asked.currency) throw otherCurrency(orderId, totals.currency, asked.currency);
  const named = asked.lines.find(({ unitPrice }) => unitPrice !== undefined);
  if (named) throw priceIsFixed(orderId, named.sku);
  if (!hasLeft(state)) throw notShipped(orderId, state.status);
  // What was not captured cannot be refunded. Capturing follows the parcel within moments.
  if (!state.isPaid) throw notPaid(orderId);
  return { orderId, lines, returned: state.returned };
}

function notTheirs(orderId: string): Refusal {
  return new Refusal(
    'customer-mismatch',
    `Order ${orderId} is somebody else's.`,
    'Name the customer of the order, or leave orderId out for goods from elsewhere.',
  );
}

function otherCurrency(orderId: string, expected: string, currency: string): Refusal {
  return new Refusal(
    'currency-mismatch',
    `Order ${orderId} was paid in ${expected}, not in ${currency}.`,
    `Send the return in ${expected}.`,
  );
}

function priceIsFixed(orderId: string, sku: string): Refusal {
  return new Refusal(
    'price-fixed-by-order',
    `The line of ${sku} names a unitPrice, but order ${orderId} says what was paid.`,
    'Leave unitPrice out, or leave orderId out for goods from elsewhere.',
  );
}

function notShipped(orderId: string, status: string): Refusal {
  return new Refusal(
    'order-not-shipped',
    `The goods of order ${orderId} have not left; it is ${status}.`,
    'Cancel the order instead: POST /storefront/orders/:id/cancel.',
    'conflict',
  );
}

function notPaid(orderId: string): Refusal {
  return new Refusal(
    'order-not-paid',
    `The money of order ${orderId} is not captured yet.`,
    'Send the return again in a moment, with the same Idempotency-Key.',
    'conflict',
  );
}
