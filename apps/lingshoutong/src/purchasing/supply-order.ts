import type { DocumentTotals, StockLine, SupplyOrderEvents, TradeLine } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

interface Ordered {
  shop: string;
  lines: TradeLine[];
  totals: DocumentTotals;
}

/** What a shop asked for, from the asking to the shelf; undefined until it asked. */
export type SupplyOrder =
  | undefined
  | (Ordered & { status: 'pending' })
  | (Ordered & { status: 'rejected'; detail: string })
  | (Ordered & { status: 'accepted' | 'shipped'; location: string })
  | (Ordered & { status: 'received'; location: string; received: StockLine[] });

export const supplyOrder: Aggregate<SupplyOrder, SupplyOrderEvents> = {
  category: 'supply-order',
  initial: undefined,
  evolve: {
    SupplyOrderSubmitted: (_, { shop, lines, totals }) => ({ status: 'pending', shop, lines, totals }),
    SupplyOrderAccepted: (_, { shop, lines, totals, location }) => ({ status: 'accepted', shop, lines, totals, location }),
    SupplyOrderRelocated: (state, { location }) => (state?.status === 'accepted' ? { ...state, location } : state),
    SupplyOrderRejected: (state, { detail }) => state && { ...ordered(state), status: 'rejected', detail },
    SupplyOrderShipped: (state, { location }) => state && { ...ordered(state), status: 'shipped', location },
    SupplyOrderReceived: (state, { lines }) =>
      state?.status === 'shipped' ? { ...ordered(state), status: 'received', location: state.location, received: lines } : state,
  },
};

const ordered = ({ shop, lines, totals }: Ordered): Ordered => ({ shop, lines, totals });

/** What somebody is told who names a supply order that nobody submitted. */
export function unknownSupplyOrder(id: string): Refusal {
  return new Refusal(
    'unknown-supply-order',
    `There is no supply order ${id}.`,
    'Use the id that POST /lingshoutong/supply-orders answered with.',
    'not-found',
  );
}

/** What somebody is told who comes too early, or after the order has ended. */
export function notYet(code: 'supply-order-not-accepted' | 'supply-order-not-shipped', id: string, status: string): Refusal {
  const needed = code === 'supply-order-not-accepted' ? 'accepted' : 'shipped';
  return new Refusal(
    code,
    `Supply order ${id} is ${status}, not ${needed}.`,
    `Read it with GET /lingshoutong/supply-orders/${id} until it is ${needed}; a rejected one has to be submitted anew.`,
    'conflict',
  );
}
