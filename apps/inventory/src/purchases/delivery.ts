import type { StockLine } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import type { OrderedLine } from './purchase-order';

/**
 * How much more than was ordered is taken in, of a hundred: suppliers fill up boxes and rolls. What is beyond that is a mistake, of
 * the supplier or of whoever counts, and somebody has to look.
 */
const OVER_DELIVERY_PERCENT = 10;

interface Over {
  sku: string;
  ordered: number;
  received: number;
  counted: number;
  /** The most that can be taken in now. */
  most: number;
}

/**
 * Whether what was counted can have been delivered on an order.
 * @throws Refusal `not-ordered` or `over-delivery`
 */
export function checkDelivery(ordered: readonly OrderedLine[], counted: readonly StockLine[]): void {
  const strange = counted.filter(({ sku }) => !ordered.some((line) => line.sku === sku)).map(({ sku }) => sku);
  if (strange.length > 0) throw notOrdered(strange);
  const over = ordered
    .map(({ sku, quantity, received }): Over => {
      const most = Math.max(0, mostOf(quantity) - received);
      return { sku, ordered: quantity, received, counted: counted.find((line) => line.sku === sku)?.quantity ?? 0, most };
    })
    .filter((line) => line.counted > line.most);
  if (over.length > 0) throw overDelivery(over);
}

const mostOf = (ordered: number): number => ordered + Math.floor((ordered * OVER_DELIVERY_PERCENT) / 100);

function notOrdered(skus: readonly string[]): Refusal {
  const detail = `The order does not have ${skus.slice(0, 3).join(', ')}. Nothing was booked in.`;
  const remedy = 'Add it with POST /inventory/purchase-orders/:id/change, or book it in with POST /inventory/receipts.';
  return Object.assign(new Refusal('not-ordered', detail, remedy, 'conflict'), { facts: { skus } });
}

function overDelivery(lines: readonly Over[]): Refusal {
  const named = lines.map(({ sku, ordered, received, counted }) => {
    const before = received > 0 ? ` after ${received}` : '';
    return `${counted} ${sku} were counted${before} where ${ordered} are ordered`;
  });
  const detail = `${named.slice(0, 3).join(', ')}: more than ${OVER_DELIVERY_PERCENT} % over. Nothing was booked in.`;
  const remedy =
    'Count again. To keep them, raise the order with POST /inventory/purchase-orders/:id/change, or book the surplus in with ' +
    'POST /inventory/receipts.';
  return Object.assign(new Refusal('over-delivery', detail, remedy, 'conflict'), { facts: { lines } });
}

/** What somebody is told who books in a delivery of nothing. */
export function nothingCounted(id: string): Refusal {
  const remedy = 'Name what came. Where nothing will come, call it off with POST /inventory/purchase-orders/:id/cancel.';
  return new Refusal('nothing-received', `Nothing of purchase order ${id} was counted.`, remedy);
}
