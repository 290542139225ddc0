import type { TransferEvents } from '#libs/contracts';
import { to, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { lacking, notEnough } from '../stock/lacking';
import { pick } from '../stock/picking';
import { moveEach } from '../stock/stock';
import { transfer } from './transfer';

type Plan = Omit<TransferEvents['TransferDispatched'], 'dispatchedAt'>;

/**
 * The goods leave: off the books of one place, and in transit to the other. What is reserved is promised there and stays; safety stock
 * and quotas are for promises to customers and keep no one from moving goods.
 * @throws Refusal `out-of-stock`
 */
export function dispatched(plan: Plan, stateOf: StateOf, dispatchedAt: string): StreamEvents[] {
  const { transferId, from, to: destination } = plan;
  const short = lacking(from, plan.lines, stateOf);
  if (short.length > 0) throw notEnough(`${from} has not that much to send`, from, short);
  const lines = pick({ location: from, stateOf, now: dispatchedAt }, plan.lines);
  return [
    to(transfer, transferId, { type: 'TransferDispatched', data: { ...plan, lines, dispatchedAt } }),
    ...moveEach(from, lines, (line) => ({ type: 'StockTransferSent', data: { ...line, to: destination, transferId } })),
    ...moveEach(destination, lines, (line) => ({ type: 'StockTransferAnnounced', data: { ...line, from, transferId } })),
  ];
}
