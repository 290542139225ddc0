import type { ReservationEvents, StockEvents, StockLine } from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { Findings, type Check } from './findings';
import { placeOf } from './log-auditor';
import type { StockRow } from './views';

/** One SKU at one place, from the log alone. */
interface Stock {
  onHand: number;
  netChange: number;
  /** What stock events say is promised. */
  reserved: number;
  /** What reservations say is open. */
  open: number;
}

/** How one event moves stock: what is on hand, and of that what is trade, and what is promised. */
type Effect = readonly [onHand: number, trade: number, reserved: number];

const EFFECTS: Readonly<Record<keyof StockEvents, (quantity: number) => Effect>> = {
  StockReceived: (quantity) => [quantity, 0, 0],
  StockReserved: (quantity) => [0, 0, quantity],
  StockReleased: (quantity) => [0, 0, -quantity],
  StockShipped: (quantity) => [-quantity, -quantity, -quantity],
  StockSold: (quantity) => [-quantity, -quantity, 0],
  StockReturned: (quantity) => [quantity, quantity, 0],
  StockAdjusted: (quantity) => [quantity, quantity, 0],
};

const OPENED: Readonly<Partial<Record<string, 1 | -1>>> = {
  StockReservationMade: 1,
  StockReservationExpired: -1,
  StockReservationReleased: -1,
  StockReservationShipped: -1,
} satisfies Partial<Record<keyof ReservationEvents, 1 | -1>>;

/** No unit comes from nowhere or goes nowhere, and what is promised is what open reservations hold. */
export class StockAuditor {
  private readonly conservation = new Findings('stock-conservation');
  private readonly stocks = new Map<string, Stock>();

  take(event: RecordedEvent): void {
    if (event.source !== 'inventory') return;
    const effect = (EFFECTS as Partial<Record<string, (quantity: number) => Effect>>)[event.type];
    if (effect) this.move(event as RecordedEvent<string, StockLine & { location: string }>, effect);
    const sign = OPENED[event.type];
    if (sign) this.open(event.data as { location: string; lines: StockLine[] }, sign);
  }

  /** What each row should be; the rows that are there are compared in any order. */
  check(rows: readonly StockRow[]): Check {
    const left = new Map(this.stocks);
    for (const row of rows) {
      const name = `${row.sku}@${row.location}`;
      this.conservation.look(differenceIn(name, left.get(name) ?? NOTHING, row));
      left.delete(name);
    }
    for (const [name, stock] of left) {
      this.conservation.look(`the unified view has no row for ${name}, where the log has ${stock.onHand} on hand`);
    }
    return this.conservation.check;
  }

  /** What the log adds up to, for comparison with the views. */
  get sums(): { onHand: number; reserved: number; netChange: number; skus: number } {
    const sums = { onHand: 0, reserved: 0, netChange: 0, skus: 0 };
    const skus = new Set<string>();
    for (const [name, { onHand, reserved, netChange }] of this.stocks) {
      sums.onHand += onHand;
      sums.reserved += reserved;
      sums.netChange += netChange;
      skus.add(name.slice(0, name.lastIndexOf('@')));
    }
    return { ...sums, skus: skus.size };
  }

  private move(event: RecordedEvent<string, StockLine & { location: string }>, effect: (quantity: number) => Effect): void {
    const { sku, location, quantity } = event.data;
    const name = `${sku}@${location}`;
    if (event.stream !== `stock:${name}`) this.conservation.violation(`${placeOf(event)} speaks of ${name}`);
    const [onHand, trade, reserved] = effect(quantity);
    const stock = this.stockOf(name);
    stock.onHand += onHand;
    stock.netChange += trade;
    stock.reserved += reserved;
  }

  private open({ location, lines }: { location: string; lines: StockLine[] }, sign: 1 | -1): void {
    for (const { sku, quantity } of lines) this.stockOf(`${sku}@${location}`).open += sign * quantity;
  }

  private stockOf(name: string): Stock {
    const known = this.stocks.get(name);
    if (known) return known;
    const stock = { ...NOTHING };
    this.stocks.set(name, stock);
    return stock;
  }
}

const NOTHING: Readonly<Stock> = { onHand: 0, netChange: 0, reserved: 0, open: 0 };

/** In words that name the stock; false when all is well. */
function differenceIn(name: string, log: Readonly<Stock>, row: StockRow): string | false {
  const wrong = [
    row.onHand !== log.onHand && `${row.onHand} on hand where movements add up to ${log.onHand}`,
    row.netChange !== log.netChange && `a net change of ${row.netChange} where trade adds up to ${log.netChange}`,
    row.reserved !== log.open && `${row.reserved} reserved where open reservations hold ${log.open}`,
    log.reserved !== log.open && `${log.reserved} promised by stock events where open reservations hold ${log.open}`,
  ].filter((part) => part !== false);
  return wrong.length > 0 && `${name} has ${wrong.join(', and ')}`;
}
