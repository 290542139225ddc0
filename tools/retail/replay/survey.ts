import { createHash } from 'node:crypto';
import type { UnitPrice } from '#libs/contracts';
import { invoicesOf } from './invoices';
import type { Row } from './row';
import { documentsOf, faultIn, isMerchandise, type TradeDocument, type TradeKind } from './trade-document';

/** A product as the books know it. */
export interface BookProduct {
  name: string;
  /** The first price above zero; nothing where there is none. */
  price: UnitPrice | undefined;
}

/** Where goods leave from. */
export type Outlet = 'warehouse' | 'store';

/** What has to be there before a file can be sent: found in a first pass, and no larger than the catalog. */
export interface Survey {
  /** All data rows, readable or not. */
  rows: number;
  /** Names the trade in the file, whatever the file is called and however it is packed. */
  digest: string;
  /** What is bought, sold or taken back; not what is only counted. */
  products: Map<string, BookProduct>;
  /** Units that leave each place, by SKU; services move none. */
  outgoing: Record<Outlet, Map<string, number>>;
  /** The corner shops, by their customer number. */
  shops: Set<string>;
  /** The days on which a till is open: `2010-12-01`. */
  days: Set<string>;
  /** The first moment in the books; empty where they are. */
  from: string;
}

/** Reads a trading file once. @throws RowFault when it is none */
export async function survey(path: string): Promise<Survey> {
  const found: Survey = {
    ...{ rows: 0, digest: '', products: new Map(), shops: new Set(), days: new Set(), from: '' },
    outgoing: { warehouse: new Map(), store: new Map() },
  };
  const digest = createHash('sha256');
  for await (const invoice of invoicesOf(path, () => found.rows++)) {
    found.rows += invoice.length;
    for (const { line: _, ...facts } of invoice) digest.update(JSON.stringify(facts));
    for (const document of documentsOf(invoice)) note(found, document);
  }
  return { ...found, digest: digest.digest('hex') };
}

const OUTLETS: Partial<Record<TradeKind, Outlet>> = {
  'storefront-order': 'warehouse',
  'lingshoutong-order': 'warehouse',
  'stock-adjustment': 'warehouse',
  'hema-sale': 'store',
};
const COUNTED_ONLY: readonly TradeKind[] = ['stock-adjustment', 'ledger-adjustment'];
const AT_A_TILL: readonly TradeKind[] = ['hema-sale', 'hema-return'];

function note(found: Survey, { kind, rows }: TradeDocument): void {
  for (const row of rows) {
    if (faultIn(kind, row) !== undefined) continue;
    if (found.from === '' || row.happenedAt < found.from) found.from = row.happenedAt;
    if (AT_A_TILL.includes(kind)) found.days.add(dayOf(row));
    if (kind === 'lingshoutong-order') found.shops.add(row.customer);
    if (!COUNTED_ONLY.includes(kind)) noteProduct(found.products, row);
    const outlet = OUTLETS[kind];
    if (outlet) noteOutgoing(found.outgoing[outlet], kind, row);
  }
}

function noteProduct(products: Survey['products'], { sku, description, price }: Row): void {
  const known = products.get(sku);
  const isPriced = price.amountMinor > 0;
  if (!known) products.set(sku, { name: description, price: isPriced ? price : undefined });
  else {
    known.name ||= description;
    if (isPriced) known.price ??= price;
  }
}

/** What is written off leaves as well; what is found does not make up for it, for it may be found later. */
function noteOutgoing(units: Map<string, number>, kind: TradeKind, { sku, quantity }: Row): void {
  const leaving = kind === 'stock-adjustment' ? Math.max(0, -quantity) : quantity;
  if (leaving > 0 && isMerchandise(sku)) units.set(sku, (units.get(sku) ?? 0) + leaving);
}

/** The day of a row: `2010-12-01`. */
export function dayOf({ happenedAt }: Row): string {
  return happenedAt.slice(0, 10);
}
