import type { StockEvents } from '#libs/contracts';
import type { EventOf } from '#libs/eventsourcing/vocabulary';

/** What became of a SKU at a place since it was there first: units in, units out, each figure only growing. */
export interface Flows {
  /** From suppliers, or on a supply order. */
  received: number;
  /** By customers. */
  returned: number;
  /** By counts and corrections. */
  found: number;
  /** From other places of ours. */
  arrived: number;
  /** Over the counter, in parcels and on supply orders. */
  sold: number;
  /** By counts, corrections and write-offs. */
  lost: number;
  /** To other places of ours. */
  sent: number;
  /** On the way here from other places: what had been announced. */
  announced: number;
  /** On the way here, and given up. */
  lostInTransit: number;
}

export const NO_FLOWS: Readonly<Flows> = {
  ...{ received: 0, returned: 0, found: 0, arrived: 0 },
  ...{ sold: 0, lost: 0, sent: 0, announced: 0, lostInTransit: 0 },
};

/** What should be there when every unit is accounted for. */
export interface Due {
  onHand: number;
  inTransit: number;
}

type Movement = EventOf<StockEvents>;
type Effect = (quantity: number) => Partial<Flows>;

/** Null: neither promises nor being kept from sale moves a unit. */
const FLOWS: { [K in keyof StockEvents]: Effect | null } = {
  StockReceived: (received) => ({ received }),
  StockReserved: null,
  StockReleased: null,
  StockShipped: (sold) => ({ sold }),
  StockSold: (sold) => ({ sold }),
  StockReturned: (returned) => ({ returned }),
  StockAdjusted: (quantity) => (quantity < 0 ? { lost: -quantity } : { found: quantity }),
  StockTransferSent: (sent) => ({ sent }),
  StockTransferAnnounced: (announced) => ({ announced }),
  StockTransferReceived: (arrived) => ({ arrived }),
  StockTransferLost: (lostInTransit) => ({ lostInTransit }),
  StockQuarantined: null,
  StockQuarantineReleased: null,
  StockScrapped: (lost) => ({ lost }),
};

/** The events by which units come and go. */
export const MOVEMENTS = (Object.keys(FLOWS) as Movement['type'][]).filter((type) => FLOWS[type] !== null);

/** What one movement adds. */
export function flowsOf({ type, data }: Movement): Partial<Flows> {
  return FLOWS[type]?.(data.quantity) ?? {};
}

/** Figure by figure. */
export function plus(one: Readonly<Flows>, other: Readonly<Partial<Flows>>): Flows {
  const names = Object.keys(NO_FLOWS) as (keyof Flows)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + (other[name] ?? 0)])) as unknown as Flows;
}

/** Came in less went out: received + returned + found + arrived − sold − lost − sent; on the way: announced − arrived − lost there. */
export function due({ received, returned, found, arrived, sold, lost, sent, announced, lostInTransit }: Flows): Due {
  return {
    onHand: received + returned + found + arrived - sold - lost - sent,
    inTransit: announced - arrived - lostInTransit,
  };
}
