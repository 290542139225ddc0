import type { StockEvents, StockLine } from '#libs/contracts';
import { to, type Aggregate, type EventOf, type StreamEvents, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { NO_HOLDS, withHold, type Holds } from './holds';

/** One SKU at one place. */
export interface Stock {
  /** Units that are there. Below zero when more was sold or written off than the books had: facts win over books. */
  onHand: number;
  /** The open reservations; what they hold is on hand and promised. */
  reserved: Holds;
}

const moved = (state: Stock, quantity: number): Stock => ({ ...state, onHand: state.onHand + quantity });
const promised = (state: Stock, reservationId: string, units: number): Stock => ({
  ...state,
  reserved: withHold(state.reserved, reservationId, units),
});

export const stock: Aggregate<Stock, StockEvents> = {
  category: 'stock',
  snapshot: { every: 500, stateVersion: 1 },
  initial: { onHand: 0, reserved: NO_HOLDS },
  evolve: {
    StockReceived: (state, { quantity }) => moved(state, quantity),
    StockReserved: (state, { reservationId, quantity }) => promised(state, reservationId, quantity),
    StockReleased: (state, { reservationId }) => promised(state, reservationId, 0),
    StockShipped: (state, { reservationId, quantity }) => moved(promised(state, reservationId, 0), -quantity),
    StockSold: (state, { quantity }) => moved(state, -quantity),
    StockReturned: (state, { quantity }) => moved(state, quantity),
    StockAdjusted: (state, { quantity }) => moved(state, quantity),
  },
};

/** Units that can still be promised: on hand less reserved. */
export function available({ onHand, reserved }: Stock): number {
  return onHand - reserved.units;
}

/** `85123A@hangzhou-dc`; a SKU has no `@`. */
export function stockId(sku: string, location: string): string {
  return `${sku}@${location}`;
}

/** The stock streams of these lines at one place. */
export function stockAt(location: string, lines: readonly StockLine[]): StreamRef[] {
  return lines.map(({ sku }) => ({ aggregate: stock, id: stockId(sku, location) }));
}

/** One event per line, each on the stream of its SKU at one place. */
export function moveEach(
  location: string,
  lines: readonly StockLine[],
  event: (line: StockLine & { location: string }) => EventOf<StockEvents>,
): StreamEvents[] {
  return lines.map(({ sku, quantity }) => to(stock, stockId(sku, location), event({ sku, quantity, location })));
}
