import type { StockLine } from '#libs/contracts';
import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import { moveEach } from './stock';

/** Puts what a customer gave back on the books of the place that took it. */
export class ReturnToStock {
  returnId!: string;
  location!: string;
  /** One line per SKU, stocked ones only. */
  lines!: StockLine[];
}

/** Never refused: the goods are there. */
export const returnToStock: DecideAcross<ReturnToStock> = ({ returnId, location, lines }) =>
  moveEach(location, lines, (line) => ({ type: 'StockReturned', data: { ...line, returnId } }));
