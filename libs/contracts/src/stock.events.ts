import type { QuotaDraw } from './promise.events';
import type { LotLine, StockLine } from './values';

interface AtLocation extends StockLine {
  location: string;
}

/** Units that came, went or were put aside; of no lot as far as `lots` does not say. */
interface Moved extends LotLine {
  location: string;
}

/** Stream `stock:<sku>@<location>` of `inventory`: what happened to one SKU at one place. Quantities are positive. */
export interface StockEvents {
  /** Goods came in from a supplier or by a supply order: on hand rises. Purchases are not trade: `netChange` leaves them out. */
  StockReceived: Moved & { receiptId: string };
  /** Units were promised to a reservation: reserved rises, on hand stays. `draws`: what of them came out of quotas. */
  StockReserved: AtLocation & { reservationId: string; draws?: QuotaDraw[] };
  /** A promise was given back: reserved falls. `draws`: what went back into the quotas that are in force now. */
  StockReleased: AtLocation & { reservationId: string; draws?: QuotaDraw[] };
  /** Promised units left the location: on hand and reserved fall. */
  StockShipped: Moved & { reservationId: string };
  /** Units were sold over the counter: on hand falls, below zero if the till says so, because the sale is a fact. */
  StockSold: Moved & { saleId: string };
  /** Units came back from a customer: on hand rises. */
  StockReturned: Moved & { returnId: string };
  /** A count or a write-off corrected on hand by `quantity`, which is signed. */
  StockAdjusted: Moved & { adjustmentId: string; reason: string };
  /** Units left for another place of ours: on hand falls. */
  StockTransferSent: Moved & { transferId: string; to: string };
  /** The same units, at the place where they are going: in transit rises. */
  StockTransferAnnounced: Moved & { transferId: string; from: string };
  /** Units of a transfer were counted in: in transit falls, on hand rises. */
  StockTransferReceived: Moved & { transferId: string; from: string };
  /** Units of a transfer will not come: in transit falls, and nothing rises. */
  StockTransferLost: Moved & { transferId: string; from: string; reason: string };
  /** Units are kept from sale where they are: on hand stays, and they are not available. */
  StockQuarantined: Moved & { quarantineId: string };
  /** Units that were kept from sale are fit for it. */
  StockQuarantineReleased: Moved & { quarantineId: string };
  /** Units that were kept from sale were thrown away: on hand falls. */
  StockScrapped: Moved & { quarantineId: string; reason: string };
}

/** Stream `receipt:<id>` and `adjustment:<id>` of `inventory`: the documents behind stock movements. */
export interface StockDocumentEvents {
  /** A delivery was booked in; one `StockReceived` per SKU goes with it. `purchaseOrderId`: what it was delivered on. */
  GoodsReceived: { receiptId: string; location: string; lines: LotLine[]; purchaseOrderId?: string };
  /** Stock was corrected; one `StockAdjusted` per stocked line goes with it. Quantities are signed. */
  StockAdjustmentRecorded: {
    adjustmentId: string;
    location: string;
    lines: (StockLine & { reason: string; stocked: boolean })[];
  };
}
