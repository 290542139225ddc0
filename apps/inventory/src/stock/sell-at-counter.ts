import type { StockLine } from '#libs/contracts';
import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import { moveEach } from './stock';

/** Takes what was sold over the counter off the books of the store. */
export class SellAtCounter {
  saleId!: string;
  location!: string;
  /** One line per SKU, stocked ones only. */
  lines!: StockLine[];
}

/** Never refused, also below zero and beneath what is reserved: the customer has left with the goods. */
export const sellAtCounter: DecideAcross<SellAtCounter> = ({ saleId, location, lines }) =>
  moveEach(location, lines, (line) => ({ type: 'StockSold', data: { ...line, saleId } }));
