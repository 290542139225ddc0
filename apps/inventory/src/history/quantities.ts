import type { StockEvents } from '#libs/contracts';
import type { AnyEvent } from '#libs/eventsourcing/vocabulary';
import type { Stock } from '../stock/stock';

/** What is counted of a SKU at a place. */
export interface Quantities {
  onHand: number;
  reserved: number;
  /** Sent here by another place, and not there yet. */
  inTransit: number;
  /** On hand, and kept from sale. */
  quarantined: number;
}

export const NONE: Readonly<Quantities> = { onHand: 0, reserved: 0, inTransit: 0, quarantined: 0 };

const EFFECTS: { [K in keyof StockEvents]: (quantity: number) => Partial<Quantities> } = {
  StockReceived: (quantity) => ({ onHand: quantity }),
  StockReserved: (quantity) => ({ reserved: quantity }),
  StockReleased: (quantity) => ({ reserved: -quantity }),
  StockShipped: (quantity) => ({ onHand: -quantity, reserved: -quantity }),
  StockSold: (quantity) => ({ onHand: -quantity }),
  StockReturned: (quantity) => ({ onHand: quantity }),
  StockAdjusted: (quantity) => ({ onHand: quantity }),
  StockTransferSent: (quantity) => ({ onHand: -quantity }),
  StockTransferAnnounced: (quantity) => ({ inTransit: quantity }),
  StockTransferReceived: (quantity) => ({ onHand: quantity, inTransit: -quantity }),
  StockTransferLost: (quantity) => ({ inTransit: -quantity }),
  StockQuarantined: (quantity) => ({ quarantined: quantity }),
  StockQuarantineReleased: (quantity) => ({ quarantined: -quantity }),
  StockScrapped: (quantity) => ({ onHand: -quantity, quarantined: -quantity }),
};

/** By how much one event changes each quantity. */
export function effectOf({ type, data }: AnyEvent): Quantities {
  const effect = (EFFECTS as Partial<Record<string, (quantity: number) => Partial<Quantities>>>)[type];
  return { ...NONE, ...effect?.((data as { quantity: number }).quantity) };
}

/** What a stock counts now. */
export function quantitiesOf({ onHand, reserved, inTransit = 0, quarantined = 0 }: Stock): Quantities {
  return { onHand, reserved: reserved.units, inTransit, quarantined };
}

export function sum(one: Quantities, other: Quantities, sign: 1 | -1 = 1): Quantities {
  return {
    onHand: one.onHand + sign * other.onHand,
    reserved: one.reserved + sign * other.reserved,
    inTransit: one.inTransit + sign * other.inTransit,
    quarantined: one.quarantined + sign * other.quarantined,
  };
}
