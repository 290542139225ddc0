import type { StockLine } from '#libs/contracts';
import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import { bookIn, receipt } from './receipt';

/** Books what a corner shop counted in onto its shelf; the supply order is the receipt. */
export class ShelveSupplyOrder {
  receiptId!: string;
  location!: string;
  /** One line per SKU. */
  lines!: StockLine[];
}

/** Never refused, not even before the shop is known here as a location: the goods stand on its shelf. */
export const shelveSupplyOrder: DecideAcross<ShelveSupplyOrder> = ({ receiptId, location, lines }, stateOf) =>
  stateOf(receipt, receiptId) ? [] : bookIn(receiptId, location, lines);
