import { stockedLines, type SupplyOrderEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { ShelveSupplyOrder } from './shelve-supply-order';

/** What a corner shop receives becomes stock that the platform can see and use. */
export const supplyFillsShelves = processOf<SupplyOrderEvents>()({
  name: 'supply-fills-shelves',
  sources: ['lingshoutong'],
  on: {
    SupplyOrderReceived: ({ data: { supplyOrderId: receiptId, shop, lines } }) => {
      const goods = stockedLines(lines);
      return goods.length > 0 ? [Object.assign(new ShelveSupplyOrder(), { receiptId, location: shop, lines: goods })] : [];
    },
  },
});
