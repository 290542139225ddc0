import type { StockLine } from '#libs/contracts';
import { to, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { pick } from './picking';
import { stock, stockId } from './stock';

/** Takes what was sold over the counter off the books of the store. */
export class SellAtCounter {
  saleId!: string;
  location!: string;
  /** One line per SKU, stocked ones only. */
  lines!: StockLine[];
}

/**
 * Never refused, also below zero and beneath what is reserved: the customer has left with the goods. When the books had less than
 * that they are wrong, which is said once, until somebody counts.
 */
export const sellAtCounter: DecideAcross<SellAtCounter> = ({ saleId, location, lines }, stateOf, { now }) =>
  pick({ location, stateOf, now }, lines).map(({ sku, quantity, lots }) => {
    const id = stockId(sku, location);
    const before = stateOf(stock, id);
    const onHand = before.onHand - quantity;
    const sold = { type: 'StockSold' as const, data: { sku, quantity, location, saleId, ...(lots && { lots }) } };
    const found = { type: 'StockDiscrepancyFound' as const, data: { sku, location, onHand, saleId } };
    return to(stock, id, sold, ...(onHand < 0 && !before.isDisputed ? [found] : []));
  });
