import type { Row } from './row';

/** What a row of the books is. */
export type TradeKind =
  | 'storefront-order'
  | 'storefront-return'
  | 'hema-sale'
  | 'hema-return'
  | 'lingshoutong-order'
  | 'stock-adjustment'
  | 'ledger-adjustment';

/** The rows of one invoice that are of one kind. */
export interface TradeDocument {
  kind: TradeKind;
  invoice: string;
  rows: Row[];
}

/** From this many units a line on, an invoice is a shop that restocks and no longer a person who shops. */
const RESTOCKING_UNITS = 24;

/** An invoice taken apart by kind, in the order of the books. */
export function documentsOf(invoice: readonly Row[]): TradeDocument[] {
  const restocks = isRestocking(invoice);
  const documents = new Map<TradeKind, TradeDocument>();
  for (const row of invoice) {
    const kind = kindOf(row, restocks);
    const known = documents.get(kind);
    if (known) known.rows.push(row);
    else documents.set(kind, { kind, invoice: row.invoice, rows: [row] });
  }
  return [...documents.values()];
}

/** The first rule that fits. */
function kindOf({ invoice, quantity, price: { amountMinor }, customer }: Row, restocks: boolean): TradeKind {
  if (invoice.startsWith('C')) return customer === '' ? 'hema-return' : 'storefront-return';
  if (invoice.startsWith('A')) return 'ledger-adjustment';
  if (amountMinor === 0 && (quantity < 0 || customer === '')) return 'stock-adjustment';
  if (quantity <= 0 || amountMinor < 0) return 'ledger-adjustment';
  if (customer === '') return 'hema-sale';
  return restocks ? 'lingshoutong-order' : 'storefront-order';
}

function isRestocking(invoice: readonly Row[]): boolean {
  const positive = invoice.filter(({ quantity }) => quantity > 0);
  const units = positive.reduce((sum, { quantity }) => sum + quantity, 0);
  return units >= RESTOCKING_UNITS * positive.length;
}

const MERCHANDISE = /^\d{5}[A-Za-z]{0,3}$/;

/** Whether a stock code names goods; any other (postage, a voucher) is money alone. */
export function isMerchandise(sku: string): boolean {
  return MERCHANDISE.test(sku);
}

/** Why a row cannot be part of its document, in words that continue "line 7 …"; undefined when it can. */
export function faultIn(kind: TradeKind, { quantity, price: { amountMinor } }: Row): string | undefined {
  const isReturn = kind === 'storefront-return' || kind === 'hema-return';
  if (isReturn && quantity >= 0) return 'is part of a return, but its Quantity is not below zero';
  if (isReturn && amountMinor < 0) return 'is part of a return, but its UnitPrice is below zero';
  return kind === 'stock-adjustment' && quantity === 0 ? 'corrects the stock by nothing' : undefined;
}
