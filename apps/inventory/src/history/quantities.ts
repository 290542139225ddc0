import type { StockEvents } from '#libs/contracts';
import type { AnyEvent } from '#libs/eventsourcing/vocabulary';
import type { Stock } from '../stock/stock';

/** What is counted of a SKU at a place. */
export interface Quantities {
  onHand: number;
  reserved: number;
}

export const NONE: Readonly<Quantities> = { onHand: 0, reserved: 0 };

const EFFECTS: { [K in keyof StockEvents]: (quantity: number) => Quantities } = {
  StockReceived: (quantity) => ({ onHand: quantity, reserved: 0 }),
  StockReserved: (quantity) => ({ onHand: 0, reserved: quantity }),
  StockReleased: (quantity) => ({ onHand: 0, reserved: -quantity }),
  StockShipped: (quantity) => ({ onHand: -quantity, reserved: -quantity }),
  StockSold: (quantity) => ({ onHand: -quantity, reserved: 0 }),
  StockReturned: (quantity) => ({ onHand: quantity, reserved: 0 }),
  StockAdjusted: (quantity) => ({ onHand: quantity, reserved: 0 }),
};

/** By how much one event changes each quantity. */
export function effectOf({ type, data }: AnyEvent): Quantities {
  const effect = (EFFECTS as Partial<Record<string, (quantity: number) => Quantities>>)[type];
  return effect?.((data as { quantity: number }).quantity) ?? NONE;
}

/** What a stock counts now. */
export function quantitiesOf({ onHand, reserved }: Stock): Quantities {
  return { onHand, reserved: reserved.units };
}

export function sum(one: Quantities, other: Quantities, sign: 1 | -1 = 1): Quantities {
  return { onHand: one.onHand + sign * other.onHand, reserved: one.reserved + sign * other.reserved };
}
