import type { Asked } from '../system/api';
import { bodyOf } from '../system/problem';

/** A row of `GET /unified-view/stock`. */
export interface StockRow {
  sku: string;
  location: string;
  onHand: number;
  reserved: number;
  inTransit: number;
  quarantined: number;
  netChange: number;
}

export interface KindTotals {
  documents: number;
  lines: number;
  units: number;
  minor: number;
}

/** `GET /unified-view/sales/summary` in one currency. */
export interface SalesRow {
  currency: string | null;
  netMinor: number;
  byKind: Record<string, KindTotals>;
}

/** A row of `GET /unified-view/orders`. */
export interface OrderRow {
  id: string;
  status: string;
  totalMinor: number;
}

/** What the unified view shows; as large as what is there, not as the log. */
export interface Views {
  stock: StockRow[];
  stockSummary: { onHand: number; reserved: number; inTransit: number; quarantined: number; netChange: number; skus: number };
  sales: SalesRow[];
  orders: OrderRow[];
}

/** Reads everything that the unified view shows of stock, sales and orders. */
export async function readViews(api: Asked): Promise<Views> {
  const [stock, stockSummary, sales, orders] = await Promise.all([
    readAll<StockRow>(api, '/unified-view/stock'),
    read<Views['stockSummary']>(api, '/unified-view/stock/summary'),
    readSales(api),
    readAll<OrderRow>(api, '/unified-view/orders'),
  ]);
  return { stock, stockSummary, sales, orders };
}

/** In the first currency, and in each that it names beside it. */
async function readSales(api: Asked): Promise<SalesRow[]> {
  const path = '/unified-view/sales/summary';
  const first = await read<SalesRow & { otherCurrencies: string[] }>(api, path);
  const others = first.otherCurrencies.map((currency) => read<SalesRow>(api, `${path}?currency=${currency}`));
  return [first, ...(await Promise.all(others))];
}

async function readAll<T>(api: Asked, path: string): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const suffix: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: { items: T[]; next: string | null } = await read(api, `${path}?limit=200${suffix}`);
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}

async function read<T>(api: Asked, path: string): Promise<T> {
  return bodyOf<T>(await api.ask({ method: 'GET', path }));
}
