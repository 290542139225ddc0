/** Units of one SKU at one place, or at several together. */
export interface StockUnits {
  onHand: number;
  /** On hand and promised to open orders. */
  reserved: number;
  /** On hand less reserved; below zero where the books were wrong. */
  available: number;
  /** What trade and corrections did to what is on hand. */
  netChange: number;
}

type Counted = Omit<StockUnits, 'available'>;

export function unitsOf({ onHand, reserved, netChange }: Counted): StockUnits {
  return { onHand, reserved, available: onHand - reserved, netChange };
}

/** One SKU in all places. */
export interface StockEverywhere extends StockUnits {
  sku: string;
  byLocation: (StockUnits & { location: string })[];
}

export function everywhere(sku: string, rows: readonly (Counted & { location: string })[]): StockEverywhere {
  const sum = { onHand: 0, reserved: 0, netChange: 0 };
  for (const { onHand, reserved, netChange } of rows) {
    sum.onHand += onHand;
    sum.reserved += reserved;
    sum.netChange += netChange;
  }
  return { sku, ...unitsOf(sum), byLocation: rows.map((row) => ({ location: row.location, ...unitsOf(row) })) };
}
