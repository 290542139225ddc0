import type { TransferEvents } from '#libs/contracts';
import { to, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { lacking, notEnough } from '../stock/lacking';
import { moveEach } from '../stock/stock';
import { transfer } from './transfer';

type Plan = Omit<TransferEvents['TransferDispatched'], 'dispatchedAt'>;

/**
 * The goods leave: off the books of one place, and in transit to the other. What is reserved is promised there and stays; safety stock
 * and quotas are for promises to customers and keep no one from moving goods.
 * @throws Refusal `out-of-stock`
 */
export function dispatched(plan: Plan, stateOf: StateOf, dispatchedAt: string): StreamEvents[] {
  const { transferId, from, to: destination, lines } = plan;
  const short = lacking(from, lines, stateOf);
  if (short.length > 0) throw notEnough(`${from} has not that much to send`, from, short);
  return [
    to(transfer, transferId, { type: 'TransferDispatched', data: { ...plan, dispatchedAt } }),
    ...moveEach(from, lines, (line) => ({ type: 'StockTransferSent', data: { ...line, to: destination, transferId } })),
    ...moveEach(destination, lines, (line) => ({ type: 'StockTransferAnnounced', data: { ...line, from, transferId } })),
  ];
}
