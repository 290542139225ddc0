import type { LotUnits } from './lots';
import type { UnitPrice } from './money';
import type { Sealed } from './sealed';

/** WGS 84 degrees. */
export interface GeoPoint {
  latitude: number;
  longitude: number;
}

/** Who takes the goods at the door. */
export interface Recipient {
  name?: string;
  phone?: string;
  /** As it is written on a parcel. */
  address?: string;
}

/** Where an order goes and who takes it: about a person, hence sealed. */
export interface Delivery {
  /** Holds a `GeoPoint`. */
  deliverTo: Sealed<GeoPoint>;
  /** Holds a `Recipient`. */
  recipient?: Sealed<Recipient>;
}

/** What a location is: it decides what can be done there, not where it stands. */
export type LocationKind = 'warehouse' | 'store' | 'corner-shop' | 'locker';

/** How goods reach their customer: as a parcel, by rider within half an hour, or fetched at the place that has them. */
export const DELIVERY_SERVICES = ['parcel', 'thirty-minute', 'pickup'] as const;
export type DeliveryService = (typeof DELIVERY_SERVICES)[number];

/** Units of one SKU. Quantities are integers in the SKU's unit (pieces, or grams for weighed goods). */
export interface StockLine {
  sku: string;
  quantity: number;
}

/** The same, and of which lots the units are, as far as that is known; the rest is of no lot. */
export interface LotLine extends StockLine {
  lots?: LotUnits[];
}

/** What one unit of a bundle is made of. */
export type BundlePart = StockLine;

/** One line of a sale or return: always a positive quantity; whether it adds or takes is said by its document. */
export interface TradeLine extends StockLine {
  unitPrice: UnitPrice;
  /** `quantity` times `unitPrice`, rounded half up, in minor units. */
  amountMinor: number;
  /** False for a service line (postage, a voucher): money, no stock. */
  stocked: boolean;
  /** What each unit of the line is made of, where the SKU is a bundle: these are the goods that move. */
  components?: BundlePart[];
}

/** What a document adds up to. Signed: a return counts below zero. */
export interface DocumentTotals {
  lines: number;
  units: number;
  amountMinor: number;
  currency: string;
}

type Moving = StockLine & { stocked?: boolean; components?: readonly BundlePart[] };

/** The goods that lines move: bundles taken apart, repeated SKUs summed, in order of first appearance. */
export function stockedLines(lines: readonly Moving[]): StockLine[] {
  const units = new Map<string, number>();
  for (const line of lines) {
    if (line.stocked === false) continue;
    if (!line.components) units.set(line.sku, (units.get(line.sku) ?? 0) + line.quantity);
    else for (const { sku, quantity } of line.components) units.set(sku, (units.get(sku) ?? 0) + line.quantity * quantity);
  }
  return [...units].map(([sku, quantity]) => ({ sku, quantity }));
}

/** Adds up the lines of a document; `sign` is -1 for what the shop gives back. */
export function totalsOf(lines: readonly TradeLine[], currency: string, sign: 1 | -1 = 1): DocumentTotals {
  let units = 0;
  let amountMinor = 0;
  for (const line of lines) {
    units += line.quantity;
    amountMinor += line.amountMinor;
  }
  // `+ 0` keeps a total of nothing from being written as -0.
  return { lines: lines.length, units: sign * units + 0, amountMinor: sign * amountMinor + 0, currency };
}
