import { stockedLines, type ShiftEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { ReturnToStock } from './return-to-stock';
import { SellAtCounter } from './sell-at-counter';

/** What tills sell and take back moves the stock of their store at once, not at close of day. */
export const counterMovesStock = processOf<ShiftEvents>()({
  name: 'counter-moves-stock',
  sources: ['hema'],
  on: {
    SaleRecorded: ({ data: { saleId, store, lines } }) =>
      forGoods(stockedLines(lines), (goods) => Object.assign(new SellAtCounter(), { saleId, location: store, lines: goods })),
    SaleReturnRecorded: ({ data: { returnId, store, lines, grades, reason } }) =>
      forGoods(stockedLines(lines), (goods) =>
        Object.assign(new ReturnToStock(), { returnId, location: store, lines: goods, grades, reason }),
      ),
  },
});

/** Services alone (a gift card, postage) move nothing. */
function forGoods<T>(goods: T[], command: (goods: T[]) => object): object[] {
  return goods.length > 0 ? [command(goods)] : [];
}
