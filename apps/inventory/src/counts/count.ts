import type { StockCountEvents } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';

/** A count as it was recorded; undefined until it is. */
export type Count = Pick<StockCountEvents['StockCountRecorded'], 'location' | 'lines'> | undefined;

export const count: Aggregate<Count, StockCountEvents> = {
  category: 'count',
  initial: undefined,
  evolve: { StockCountRecorded: (_, { location, lines }) => ({ location, lines }) },
};
