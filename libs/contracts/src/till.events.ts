import type { GradedLine } from './return-grades';
import type { DocumentTotals, TradeLine } from './values';

/** How the customer paid over the counter. */
export type Tender = 'cash' | 'card' | 'qr';

interface TillDocument {
  shiftId: string;
  store: string;
  till: string;
  /** 1, 2, 3 … within the shift, sales and returns together: a gap would show. */
  number: number;
  lines: TradeLine[];
  totals: DocumentTotals;
  tender: Tender;
}

/** Stream `shift:<id>` of `hema`: one cashier at one till from opening to closing. */
export interface ShiftEvents {
  ShiftOpened: { shiftId: string; store: string; till: string; cashier: string; floatMinor: number; currency: string };
  /** A sale was rung up and paid; the goods have left. */
  SaleRecorded: TillDocument & { saleId: string };
  /** Goods came back over the counter and the money went out; `totals` is below zero. `grades`: which of them are not fit for the shelf. */
  SaleReturnRecorded: TillDocument & { returnId: string; originalSaleId?: string; reason: string; grades?: GradedLine[] };
  /** The drawer was counted: `differenceMinor` is counted less expected (float plus cash takings). */
  ShiftClosed: {
    shiftId: string;
    store: string;
    till: string;
    documents: number;
    takingsMinor: number;
    countedMinor: number;
    differenceMinor: number;
    currency: string;
  };
}
