import type { StockDocumentEvents } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';

type Recorded = StockDocumentEvents['StockAdjustmentRecorded'];

/** A correction as it was recorded; undefined until it is. Quantities are signed. */
export type Adjustment = Pick<Recorded, 'location' | 'lines'> | undefined;

export const adjustment: Aggregate<Adjustment, Pick<StockDocumentEvents, 'StockAdjustmentRecorded'>> = {
  category: 'adjustment',
  initial: undefined,
  evolve: { StockAdjustmentRecorded: (_, { location, lines }) => ({ location, lines }) },
};
