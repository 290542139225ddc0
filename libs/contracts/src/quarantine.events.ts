import type { LotLine } from './values';

interface Kept {
  quarantineId: string;
  location: string;
  lines: LotLine[];
}

/** Stream `quarantine:<id>` of `inventory`: goods that are kept from sale where they are, until somebody has looked at them. */
export interface QuarantineEvents {
  /** A `StockQuarantined` goes with each line. `returnId`: the return that they came with; the quarantine has its id. */
  QuarantineOpened: Kept & { reason: string; returnId?: string };
  /** These units are fit for sale; a `StockQuarantineReleased` goes with each line. */
  QuarantineReleased: Kept;
  /** These units are waste; a `StockScrapped` goes with each line. */
  QuarantineScrapped: Kept & { reason: string };
}
