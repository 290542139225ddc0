import type { LotLine, StockLine } from '#libs/contracts';
import type { StateOf } from '#libs/eventsourcing/vocabulary';
import { dayOfMoment, noting, picked } from './lots';
import { stock, stockId } from './stock';

/** Where units are taken from, and when. */
interface Shelf {
  location: string;
  stateOf: StateOf;
  /** UTC, ISO 8601. */
  now: string;
}

/** The lines with the lots that whoever picks them takes: first expired, first out. As they were where the stock has no lots. */
export function pick({ location, stateOf, now }: Shelf, lines: readonly StockLine[]): LotLine[] {
  return lines.map((line) => {
    const state = stateOf(stock, stockId(line.sku, location));
    return { ...line, ...noting(picked(state, line.quantity, dayOfMoment(now))) };
  });
}
