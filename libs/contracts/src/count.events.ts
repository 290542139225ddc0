/** What was found of one SKU, beside what the books had. */
export interface CountedLine {
  sku: string;
  /** Units that were there. */
  counted: number;
  /** Units on hand by the books at the moment of the count. */
  expected: number;
  /** `counted` less `expected`. */
  variance: number;
}

/** Stream `count:<id>` of `inventory`: somebody went and counted, without being told what the books had. */
export interface StockCountEvents {
  /** One `StockAdjusted` of reason `counted` goes with each line that has a variance; its `adjustmentId` is the count's id. */
  StockCountRecorded: { countId: string; location: string; lines: CountedLine[] };
}

/** Stream `stock:<sku>@<location>` of `inventory`: the books and the shelf do not agree. */
export interface StockDiscrepancyEvents {
  /** A till sold more than the books had; the sale is a fact, so `onHand` is below zero. Said once, until it is resolved. */
  StockDiscrepancyFound: { sku: string; location: string; onHand: number; saleId: string };
  /** Somebody counted. */
  StockDiscrepancyResolved: { sku: string; location: string; countId: string };
}
