import type { DocumentTotals } from '#libs/contracts';
import { CHANNEL_OF, type Channel, type SaleKind } from '../sales/sale-entry';

/** The documents of the order book: what was ordered, sold or taken back. Corrections of the books are not orders. */
export type BookKind = Exclude<SaleKind, 'stock-adjustment' | 'ledger-adjustment'>;

/** Where a document stands, in the words of the service that owns it. */
export type OrderStatus =
  | 'pending'
  | 'confirmed'
  | 'cancelling'
  | 'cancelled'
  | 'rejected'
  | 'accepted'
  | 'shipped'
  | 'delivered'
  | 'received'
  | 'completed';

export type PaymentStatus = 'authorized' | 'declined' | 'captured' | 'voided' | 'refunded';
export type ShipmentStatus = 'created' | 'shipped' | 'delivered' | 'cancelled';

/** What the stream of the document itself says; null until it was read. */
export interface DocumentFacts {
  kind: BookKind | null;
  channel: Channel | null;
  /** Who bought: a customer, or the corner shop of a supply order; null over the counter. */
  customer: string | null;
  status: OrderStatus | null;
  /** Why it was rejected, cancelled or returned. */
  reason: string | null;
  /** Where the goods are held, left or came in. */
  location: string | null;
  till: string | null;
  /** The order or sale that a return is from. */
  originalId: string | null;
  lineCount: number;
  /** Units, below zero for a return. */
  units: number;
  /** Units that came back since. */
  returnedUnits: number;
  /** Minor units, below zero for a return. */
  totalMinor: number;
  currency: string | null;
  /** When it was ordered, sold or taken back. */
  placedAt: string | null;
}

/** What the stream of its money says. */
export interface MoneyFacts {
  payment: PaymentStatus | null;
  authorizedMinor: number;
  capturedMinor: number;
  refundedMinor: number;
}

/** What the stream of its parcel says. */
export interface ParcelFacts {
  shipment: ShipmentStatus | null;
  carrier: string | null;
}

/**
 * One document of the order book. Its three parts come from three streams, which may be read in any order: each part is
 * written by its own stream alone, so that the order does not matter.
 */
export type BookEntry = DocumentFacts & MoneyFacts & ParcelFacts;

/** An entry whose own stream was read; one that is known by its money or parcel alone is not shown yet. */
export type KnownEntry = BookEntry & {
  [K in 'kind' | 'channel' | 'status' | 'currency' | 'placedAt']: NonNullable<BookEntry[K]>;
};

/** An entry of which nothing is known yet. */
export const BLANK: Readonly<BookEntry> = {
  ...{ kind: null, channel: null, customer: null, status: null, reason: null },
  ...{ location: null, till: null, originalId: null },
  ...{ lineCount: 0, units: 0, returnedUnits: 0, totalMinor: 0, currency: null, placedAt: null },
  ...{ payment: null, authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0 },
  ...{ shipment: null, carrier: null },
};

/** What is known of a document from its first event on. */
export function begun(
  kind: BookKind,
  { lines: lineCount, units, amountMinor, currency }: DocumentTotals,
): Partial<DocumentFacts> {
  return { kind, channel: CHANNEL_OF[kind], lineCount, units, totalMinor: amountMinor, currency };
}

/** Goods are paid where they are handed over. */
export function paidOverTheCounter({ amountMinor }: DocumentTotals): Partial<MoneyFacts> {
  return amountMinor < 0
    ? { payment: 'refunded', refundedMinor: -amountMinor }
    : { payment: 'captured', authorizedMinor: amountMinor, capturedMinor: amountMinor };
}
