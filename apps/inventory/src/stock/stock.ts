import type { LotLine, StockDiscrepancyEvents, StockEvents, StockLine, StockPromiseEvents } from '#libs/contracts';
import { to, type Aggregate, type EventOf, type StreamEvents, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { withLots, type Lots } from './lots';
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
  /** Of which lots what is on hand is, the first to expire in front; absent: of none. */
  lots?: Lots;
  /** A till has sold more than the books had, and nobody has counted since. */
  isDisputed?: true;
}

/** Units came where `sign` is 1, or went where it is -1. */
function moved(state: Stock, { quantity, lots }: LotLine, sign: 1 | -1): Stock {
  return ofLots({ ...state, onHand: state.onHand + sign * quantity }, withLots(state.lots, lots, { units: sign }));
}

/** Units were put aside, or put back where `sign` is -1. */
function keptApart(state: Stock, { quantity, lots }: LotLine, sign: 1 | -1): Stock {
  const quarantined = (state.quarantined ?? 0) + sign * quantity;
  return ofLots({ ...state, quarantined }, withLots(state.lots, lots, { kept: sign }));
}

/** A stock that has no lots says nothing of them. */
function ofLots({ lots: _, ...state }: Stock, lots: Lots | undefined): Stock {
  return lots ? { ...state, lots } : state;
}

const announced = (state: Stock, quantity: number): Stock => ({ ...state, inTransit: (state.inTransit ?? 0) + quantity });
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
    StockReceived: (state, line) => moved(state, line, 1),
    StockReserved: (state, { reservationId, quantity, draws = [] }) =>
      ruled(promised(state, reservationId, quantity), (policy) => drawn(policy, reservationId, draws)),
    StockReleased: (state, { reservationId }) =>
      ruled(promised(state, reservationId, 0), (policy) => givenBack(policy, reservationId)),
    StockShipped: (state, { reservationId, ...line }) =>
      ruled(moved(promised(state, reservationId, 0), line, -1), (policy) => usedUp(policy, reservationId)),
    StockSold: (state, line) => ruled(moved(state, line, -1), (policy) => taken(policy, 'hema', line.quantity)),
    StockReturned: (state, line) => moved(state, line, 1),
    StockAdjusted: (state, { quantity, ...line }) =>
      moved(state, { ...line, quantity: Math.abs(quantity) }, quantity < 0 ? -1 : 1),
    StockTransferSent: (state, line) => moved(state, line, -1),
    StockTransferAnnounced: (state, { quantity }) => announced(state, quantity),
    StockTransferReceived: (state, line) => moved(announced(state, -line.quantity), line, 1),
    StockTransferLost: (state, { quantity }) => announced(state, -quantity),
    StockQuarantined: (state, line) => keptApart(state, line, 1),
    StockQuarantineReleased: (state, line) => keptApart(state, line, -1),
    StockScrapped: (state, line) => moved(keptApart(state, line, -1), line, -1),
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
  lines: readonly LotLine[],
  event: (line: LotLine & { location: string }) => EventOf<StockEvents>,
): StreamEvents[] {
  return lines.map(({ sku, quantity, lots }) =>
    to(stock, stockId(sku, location), event({ sku, quantity, location, ...(lots && { lots }) })),
  );
}
