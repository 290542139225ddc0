/** Units of one SKU at one place, or at several together. */
export interface StockUnits {
  onHand: number;
  /** On hand and promised to open orders. */
  reserved: number;
  /** On hand, less reserved, less quarantined; below zero where the books were wrong. */
  available: number;
  /** Sent here by other places, and not there yet. */
  inTransit: number;
  /** On hand, and kept from sale. */
  quarantined: number;
  /** What trade and corrections did to what is on hand. */
  netChange: number;
}

type Counted = Omit<StockUnits, 'available'>;

export function unitsOf({ onHand, reserved, inTransit, quarantined, netChange }: Counted): StockUnits {
  return { onHand, reserved, available: onHand - reserved - quarantined, inTransit, quarantined, netChange };
}

/** One SKU in all places. */
export interface StockEverywhere extends StockUnits {
  sku: string;
  byLocation: (StockUnits & { location: string })[];
}

export function everywhere(sku: string, rows: readonly (Counted & { location: string })[]): StockEverywhere {
  const sum = { onHand: 0, reserved: 0, inTransit: 0, quarantined: 0, netChange: 0 };
  for (const { onHand, reserved, inTransit, quarantined, netChange } of rows) {
    sum.onHand += onHand;
    sum.reserved += reserved;
    sum.inTransit += inTransit;
    sum.quarantined += quarantined;
    sum.netChange += netChange;
  }
  return { sku, ...unitsOf(sum), byLocation: rows.map((row) => ({ location: row.location, ...unitsOf(row) })) };
}
