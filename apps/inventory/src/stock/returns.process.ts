import { stockedLines, type ReturnEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { ReturnToStock } from './return-to-stock';

/** What an online customer gives back is stock again where it was taken in. */
export const returnsRestock = processOf<ReturnEvents>()({
  name: 'returns-restock',
  sources: ['storefront'],
  on: {
    ReturnAccepted: ({ data: { returnId, location, lines, grades, reason } }) => {
      const goods = stockedLines(lines);
      return goods.length > 0 ? [Object.assign(new ReturnToStock(), { returnId, location, lines: goods, grades, reason })] : [];
    },
  },
});
