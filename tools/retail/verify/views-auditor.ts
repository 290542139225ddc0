import { salesName, type Book, type Entry } from './book';
import { Findings, type Check } from './findings';
import type { KindTotals, OrderRow, Views } from './views';

const NOTHING: KindTotals = { documents: 0, lines: 0, units: 0, minor: 0 };

/** Whether the unified view shows what the log adds up to: sales by kind, every document, and the stock in all. */
export function viewsEqualLog(book: Book, stock: Views['stockSummary'], views: Views): Check {
  const findings = new Findings('views-equal-log');
  compareSales(findings, book, views);
  compareOrders(findings, book.entries, views.orders);
  for (const name of ['skus', 'onHand', 'reserved', 'inTransit', 'quarantined', 'netChange'] as const) {
    const shown = views.stockSummary[name];
    findings.look(shown !== stock[name] && `the stock summary shows ${name} ${shown} where the log adds up to ${stock[name]}`);
  }
  return findings.check;
}

function compareSales(findings: Findings, book: Book, { sales }: Views): void {
  const left = new Map(book.sales);
  for (const { currency, byKind, netMinor } of sales) {
    for (const [kind, shown] of Object.entries(byKind)) {
      // What has no money in it is shown with every currency.
      const name = kind === 'stock-adjustment' ? kind : salesName(kind, currency);
      findings.look(salesDifference(name, shown, book.sales.get(name) ?? NOTHING));
      left.delete(name);
    }
    const net = Object.values(byKind).reduce((sum, { minor }) => sum + minor, 0);
    findings.look(
      net !== netMinor && `sales in ${currency ?? 'no currency'} show a net of ${netMinor} where kinds add up to ${net}`,
    );
  }
  for (const name of left.keys()) findings.look(`sales do not show ${name}, which the log has`);
}

function salesDifference(name: string, shown: KindTotals, log: KindTotals): string | false {
  const wrong = (['documents', 'lines', 'units', 'minor'] as const).filter((field) => shown[field] !== log[field]);
  const words = wrong.map((field) => `${shown[field]} ${field} where the log adds up to ${log[field]}`);
  return wrong.length > 0 && `sales of ${name} show ${words.join(', and ')}`;
}

function compareOrders(findings: Findings, entries: ReadonlyMap<string, Entry>, orders: readonly OrderRow[]): void {
  const left = new Map(entries);
  for (const { id, status, totalMinor } of orders) {
    findings.look(orderDifference({ id, status, totalMinor }, left.get(id)));
    left.delete(id);
  }
  for (const [id, { kind }] of left) findings.look(`the order book does not show ${kind} ${id}`);
}

function orderDifference({ id, status, totalMinor }: OrderRow, entry: Entry | undefined): string | false {
  if (!entry) return `the order book shows ${id}, which no log has or which is shown twice`;
  const { kind, totals } = entry;
  if (status !== entry.status) return `${kind} ${id} is shown as ${status}, and is ${entry.status}`;
  return totalMinor !== totals.amountMinor && `${kind} ${id} is shown with ${totalMinor}, and is ${totals.amountMinor}`;
}
