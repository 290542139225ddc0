import type { LotLine, StockDocumentEvents } from '#libs/contracts';
import { to, type Aggregate, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { moveEach } from '../stock/stock';

/** A delivery as it was booked in; undefined until it is. */
export type Receipt =
  | {
      location: string;
      lines: LotLine[];
      /** What it was delivered on, where that was a purchase order. */
      purchaseOrderId?: string;
    }
  | undefined;

export const receipt: Aggregate<Receipt, Pick<StockDocumentEvents, 'GoodsReceived'>> = {
  category: 'receipt',
  initial: undefined,
  evolve: { GoodsReceived: (_, { receiptId: _id, ...facts }) => facts },
};

/** The document, and one movement for each of its lines (one per SKU). */
export function bookIn(
  receiptId: string,
  location: string,
  lines: LotLine[],
  deliveredOn: { purchaseOrderId?: string } = {},
): StreamEvents[] {
  return [
    to(receipt, receiptId, { type: 'GoodsReceived', data: { receiptId, location, lines, ...deliveredOn } }),
    ...moveEach(location, lines, (line) => ({ type: 'StockReceived', data: { ...line, receiptId } })),
  ];
}
