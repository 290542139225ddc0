import type {
  DocumentTotals,
  LedgerEvents,
  OrderEvents,
  ReturnEvents,
  ShiftEvents,
  StockDocumentEvents,
  SupplyOrderEvents,
} from '#libs/contracts';

/** Everything that enters the books of trade, by where it comes from. */
export type SaleKind =
  | 'storefront-order'
  | 'storefront-return'
  | 'hema-sale'
  | 'hema-return'
  | 'lingshoutong-order'
  | 'stock-adjustment'
  | 'ledger-adjustment';

/** Where a customer buys. */
export type Channel = 'storefront' | 'hema' | 'lingshoutong';

/** The channel of each kind; corrections of the books have none. */
export const CHANNEL_OF: Readonly<Record<SaleKind, Channel | null>> = {
  'storefront-order': 'storefront',
  'storefront-return': 'storefront',
  'hema-sale': 'hema',
  'hema-return': 'hema',
  'lingshoutong-order': 'lingshoutong',
  'stock-adjustment': null,
  'ledger-adjustment': null,
};

/** What one event adds to the books. Entries are never changed: a sale that is called off gets a counter-entry. */
export interface SaleEntry {
  kind: SaleKind;
  /** The id of the order, sale, return or adjustment. */
  document: string;
  customer: string | null;
  /** 1, or -1 where a document is taken back. */
  documents: 1 | -1;
  lines: number;
  units: number;
  amountMinor: number;
  /** Null where there is no money in it. */
  currency: string | null;
}

type Entered = Pick<SaleEntry, 'kind' | 'document' | 'customer'>;

function booked(facts: Entered, { lines, units, amountMinor, currency }: DocumentTotals): SaleEntry {
  return { ...facts, documents: 1, lines, units, amountMinor, currency };
}

/** The opposite of `booked`; `+ 0` keeps nothing from being written as -0. */
function takenBack(facts: Entered, { lines, units, amountMinor, currency }: DocumentTotals): SaleEntry {
  return { ...facts, documents: -1, lines: -lines + 0, units: -units + 0, amountMinor: -amountMinor + 0, currency };
}

/** An online order is a sale from the moment when it is confirmed. */
export function confirmedOrder({ orderId: document, customer, totals }: OrderEvents['OrderConfirmed']): SaleEntry {
  return booked({ kind: 'storefront-order', document, customer }, totals);
}

/** Undefined when the order was called off before it was a sale. */
export function cancelledOrder(order: OrderEvents['OrderCancelled']): SaleEntry | undefined {
  const { orderId: document, customer, wasConfirmed, totals } = order;
  return wasConfirmed ? takenBack({ kind: 'storefront-order', document, customer }, totals) : undefined;
}

export function acceptedReturn({ returnId: document, customer, totals }: ReturnEvents['ReturnAccepted']): SaleEntry {
  return booked({ kind: 'storefront-return', document, customer }, totals);
}

export function counterSale({ saleId: document, totals }: ShiftEvents['SaleRecorded']): SaleEntry {
  return booked({ kind: 'hema-sale', document, customer: null }, totals);
}

export function counterReturn({ returnId: document, totals }: ShiftEvents['SaleReturnRecorded']): SaleEntry {
  return booked({ kind: 'hema-return', document, customer: null }, totals);
}

/** A corner shop is a customer, too, under its own id. */
export function acceptedSupplyOrder(order: SupplyOrderEvents['SupplyOrderAccepted']): SaleEntry {
  const { supplyOrderId: document, shop: customer, totals } = order;
  return booked({ kind: 'lingshoutong-order', document, customer }, totals);
}

/** Units without money. */
export function stockCorrection(correction: StockDocumentEvents['StockAdjustmentRecorded']): SaleEntry {
  const { adjustmentId: document, lines } = correction;
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const facts = { kind: 'stock-adjustment' as const, document, customer: null, documents: 1 as const };
  return { ...facts, lines: lines.length, units, amountMinor: 0, currency: null };
}

export function ledgerCorrection({ adjustmentId: document, totals }: LedgerEvents['LedgerAdjusted']): SaleEntry {
  return booked({ kind: 'ledger-adjustment', document, customer: null }, totals);
}
