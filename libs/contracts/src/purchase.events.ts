import type { StockLine } from './values';

/** One SKU of a purchase order; `quantity` units are ordered in all. */
export interface PurchaseLine extends StockLine {
  /** Units that are still expected. */
  outstanding: number;
}

/** What was counted of one SKU when a delivery came, beside what was expected then. */
export interface DeliveredLine {
  sku: string;
  expected: number;
  counted: number;
  /** `counted` less `expected`: below zero too few, above zero more than was ordered. */
  variance: number;
}

interface Ordered {
  purchaseOrderId: string;
  /** Where the goods shall go. */
  location: string;
}

/** Stream `purchase-order:<id>` of `inventory`: what is bought of a supplier. Until it is counted in, it is no stock. */
export interface PurchaseOrderEvents {
  /** Goods are expected at a place, at a time. */
  PurchaseOrderPlaced: Ordered & { supplier: string; lines: StockLine[]; expectedAt: string };
  /** Other quantities, or another time. The lines are all that are or were ordered; `quantity` 0: not any more. */
  PurchaseOrderChanged: Ordered & { lines: PurchaseLine[]; expectedAt: string };
  /** A delivery was counted in, which is the receipt; what it lacks is still expected unless the order was closed with it. */
  PurchaseOrderReceived: Ordered & { receiptId: string; lines: DeliveredLine[] };
  /** What was still expected (`lines`) will not come. */
  PurchaseOrderClosed: Ordered & { lines: StockLine[]; reason?: string };
}
