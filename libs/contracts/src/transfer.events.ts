import type { LotUnits } from './lots';
import type { LotLine, StockLine } from './values';

/** What became of one SKU of a transfer when a receipt was taken; `quantity` units came in. */
export interface ArrivedLine extends StockLine {
  /** Units that will not come: they were sent and are gone. */
  lost: number;
  /** Units that are still on their way. */
  inTransit: number;
  /** Of which lots what came in is, and what will not come. */
  lots?: LotUnits[];
  lostLots?: LotUnits[];
}

interface Move {
  transferId: string;
  from: string;
  to: string;
}

/** Stream `transfer:<id>` of `inventory`: goods of one's own that move between two places. */
export interface TransferEvents {
  /** Somebody means to send goods. Nothing has moved, and nothing is kept for it. */
  TransferPlanned: Move & { lines: StockLine[]; expectedAt?: string };
  /** The goods left; a `StockTransferSent` and a `StockTransferAnnounced` go with each line. `expectedAt`: when they should be there. */
  TransferDispatched: Move & { lines: LotLine[]; dispatchedAt: string; expectedAt?: string };
  /**
   * Goods were counted in at the destination; a `StockTransferReceived` goes with what came and a `StockTransferLost` with what will
   * not come. `reason`: why it will not.
   */
  TransferReceived: Move & { lines: ArrivedLine[]; reason?: string };
  /** It was called off before anything left. */
  TransferCancelled: Move & { lines: StockLine[]; reason?: string };
}
