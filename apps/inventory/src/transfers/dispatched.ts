import type { StockLine, TransferEvents } from '#libs/contracts';
import { Refusal, to, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { available, moveEach, stock, stockId } from '../stock/stock';
import { transfer } from './transfer';

type Plan = Omit<TransferEvents['TransferDispatched'], 'dispatchedAt'>;

/**
 * The goods leave: off the books of one place, and in transit to the other. What is reserved is promised there and stays; safety stock
 * and quotas are for promises to customers and keep no one from moving goods.
 * @throws Refusal `out-of-stock`
 */
export function dispatched(plan: Plan, stateOf: StateOf, dispatchedAt: string): StreamEvents[] {
  const { transferId, from, to: destination, lines } = plan;
  const short = shortOf(from, lines, stateOf);
  if (short.length > 0) throw notThere(from, short);
  return [
    to(transfer, transferId, { type: 'TransferDispatched', data: { ...plan, dispatchedAt } }),
    ...moveEach(from, lines, (line) => ({ type: 'StockTransferSent', data: { ...line, to: destination, transferId } })),
    ...moveEach(destination, lines, (line) => ({ type: 'StockTransferAnnounced', data: { ...line, from, transferId } })),
  ];
}

interface Short {
  sku: string;
  requested: number;
  available: number;
  onHand: number;
  reserved: number;
}

function shortOf(from: string, lines: readonly StockLine[], stateOf: StateOf): Short[] {
  return lines.flatMap(({ sku, quantity: requested }) => {
    const state = stateOf(stock, stockId(sku, from));
    const free = Math.max(0, available(state));
    if (free >= requested) return [];
    return [{ sku, requested, available: free, onHand: state.onHand, reserved: state.reserved.units }];
  });
}

const MAX_NAMED = 3;

function notThere(location: string, short: readonly Short[]): Refusal {
  const named = short.slice(0, MAX_NAMED).map(({ sku, requested, available: free }) => `${free} of ${requested} ${sku}`);
  const more = short.length > MAX_NAMED ? ` and ${short.length - MAX_NAMED} more` : '';
  const detail = `${location} has not that much to send: ${named.join(', ')}${more}. Nothing has moved.`;
  const remedy = 'Send as much as `short` says is available; what is reserved has to leave with its order or be released first.';
  return Object.assign(new Refusal('out-of-stock', detail, remedy, 'conflict'), { facts: { location, short } });
}
