import type { StockDiscrepancyEvents, StockEvents, StockLine, StockPromiseEvents } from '#libs/contracts';
import { to, type Aggregate, type EventOf, type StreamEvents, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { NO_HOLDS, withHold, type Holds } from './holds';
import { begun, drawn, givenBack, taken, usedUp, type PolicyInForce } from './quotas';

/** One SKU at one place. */
export interface Stock {
  /** Units that are there. Below zero when more was sold or written off than the books had: facts win over books. */
  onHand: number;
  /** The open reservations; what they hold is on hand and promised. */
  reserved: Holds;
  /** How promises are shared between channels; absent: whatever is available is for anybody. */
  policy?: PolicyInForce;
  /** Units that other places have sent here and that have not come yet; absent: none. */
  inTransit?: number;
  /** Units on hand that are kept from sale; absent: none. */
  quarantined?: number;
  /** A till has sold more than the books had, and nobody has counted since. */
  isDisputed?: true;
}

const moved = (state: Stock, quantity: number): Stock => ({ ...state, onHand: state.onHand + quantity });
const announced = (state: Stock, quantity: number): Stock => ({ ...state, inTransit: (state.inTransit ?? 0) + quantity });
const keptApart = (state: Stock, quantity: number): Stock => ({ ...state, quarantined: (state.quarantined ?? 0) + quantity });
const promised = (state: Stock, reservationId: string, units: number): Stock => ({
  ...state,
  reserved: withHold(state.reserved, reservationId, units),
});

const ruled = (state: Stock, change: (policy: PolicyInForce) => PolicyInForce): Stock =>
  state.policy ? { ...state, policy: change(state.policy) } : state;

export const stock: Aggregate<Stock, StockEvents & StockDiscrepancyEvents & StockPromiseEvents> = {
  category: 'stock',
  snapshot: { every: 500, stateVersion: 1 },
  initial: { onHand: 0, reserved: NO_HOLDS },
  evolve: {
    StockReceived: (state, { quantity }) => moved(state, quantity),
    StockReserved: (state, { reservationId, quantity, draws = [] }) =>
      ruled(promised(state, reservationId, quantity), (policy) => drawn(policy, reservationId, draws)),
    StockReleased: (state, { reservationId }) =>
      ruled(promised(state, reservationId, 0), (policy) => givenBack(policy, reservationId)),
    StockShipped: (state, { reservationId, quantity }) =>
      ruled(moved(promised(state, reservationId, 0), -quantity), (policy) => usedUp(policy, reservationId)),
    StockSold: (state, { quantity }) => ruled(moved(state, -quantity), (policy) => taken(policy, 'hema', quantity)),
    StockReturned: (state, { quantity }) => moved(state, quantity),
    StockAdjusted: (state, { quantity }) => moved(state, quantity),
    StockTransferSent: (state, { quantity }) => moved(state, -quantity),
    StockTransferAnnounced: (state, { quantity }) => announced(state, quantity),
    StockTransferReceived: (state, { quantity }) => moved(announced(state, -quantity), quantity),
    StockTransferLost: (state, { quantity }) => announced(state, -quantity),
    StockQuarantined: (state, { quantity }) => keptApart(state, quantity),
    StockQuarantineReleased: (state, { quantity }) => keptApart(state, -quantity),
    StockScrapped: (state, { quantity }) => moved(keptApart(state, -quantity), -quantity),
    StockPromisePolicySet: (state, policy) => ({ ...state, policy: begun(policy) }),
    StockPromisePolicyWithdrawn: ({ policy: _, ...state }) => state,
    StockDiscrepancyFound: (state) => ({ ...state, isDisputed: true }),
    StockDiscrepancyResolved: ({ isDisputed: _, ...state }) => state,
  },
};

/** Units that can still be promised: on hand, less reserved, less what is kept from sale. */
export function available({ onHand, reserved, quarantined = 0 }: Stock): number {
  return onHand - reserved.units - quarantined;
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
