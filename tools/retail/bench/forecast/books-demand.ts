import { dayOf, numberOf } from '../../../../apps/inventory/src/demand/business-day';
import { invoicesOf } from '../../replay/invoices';
import type { Row } from '../../replay/row';
import { documentsOf, isMerchandise, type TradeKind } from '../../replay/trade-document';

/** Units by product and day: what customers asked a house for. */
export interface HouseDemand {
  /** The first and the last day of the books, as day numbers. */
  from: number;
  through: number;
  /** By SKU, units by day; `units[0]` is the first day. */
  products: ReadonlyMap<string, readonly number[]>;
}

const SALES: readonly TradeKind[] = ['storefront-order', 'lingshoutong-order', 'hema-sale'];
const RETURNS: readonly TradeKind[] = ['storefront-return', 'hema-return'];

/**
 * The demand in a trading file. Demand is what was ordered on a day, whatever became of it later: goods that come back weeks after were
 * wanted when they were sold, and are supply when they return. Only what the same customer orders and gives back on one
 * day was never wanted (a slip of the keyboard), and is taken off that day. Services, corrections and money move nothing.
 */
export async function demandIn(file: string, broken: (line: number) => void): Promise<HouseDemand> {
  const ordered = new Map<string, number>();
  const demand = new DemandByDay();
  for await (const invoice of invoicesOf(file, ({ line }) => broken(line))) {
    for (const { kind, rows } of documentsOf(invoice)) {
      if (SALES.includes(kind)) rows.forEach((row) => order(row, ordered, demand));
      if (RETURNS.includes(kind)) rows.forEach((row) => takeBack(row, ordered, demand));
    }
  }
  return demand.result();
}

const orderKey = ({ customer, sku, happenedAt }: Row): string => `${customer}/${dayOf(happenedAt)}/${sku}`;

function order(row: Row, ordered: Map<string, number>, demand: DemandByDay): void {
  if (!isMerchandise(row.sku)) return;
  const key = orderKey(row);
  ordered.set(key, (ordered.get(key) ?? 0) + row.quantity);
  demand.add(row, row.quantity);
}

function takeBack(row: Row, ordered: Map<string, number>, demand: DemandByDay): void {
  // A till does not know who gives something back.
  if (!isMerchandise(row.sku) || row.customer === '') return;
  const key = orderKey(row);
  const units = Math.min(-row.quantity, ordered.get(key) ?? 0);
  if (units <= 0) return;
  ordered.set(key, (ordered.get(key) ?? 0) - units);
  demand.add(row, -units);
}

class DemandByDay {
  private readonly bySku = new Map<string, Map<number, number>>();
  private from = Infinity;
  private through = -Infinity;

  add({ sku, happenedAt }: Row, units: number): void {
    const day = numberOf(dayOf(happenedAt));
    const days = this.bySku.get(sku) ?? new Map<number, number>();
    this.bySku.set(sku, days.set(day, (days.get(day) ?? 0) + units));
    this.from = Math.min(this.from, day);
    this.through = Math.max(this.through, day);
  }

  result(): HouseDemand {
    const { from, through } = this;
    const length = Math.max(0, through - from + 1);
    const dense = (days: Map<number, number>): number[] => Array.from({ length }, (_, n) => days.get(from + n) ?? 0);
    return { from, through, products: new Map([...this.bySku].map(([sku, days]) => [sku, dense(days)])) };
  }
}
