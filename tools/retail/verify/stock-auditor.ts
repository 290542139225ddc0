import {
  parcelsOf,
  type ArrivedLine,
  type Parcel,
  type ReservationEvents,
  type StockEvents,
  type StockLine,
} from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { Findings, type Check } from './findings';
import { placeOf } from './log-auditor';
import type { StockRow, Views } from './views';

/** How one event moves stock: what is on hand, promised and on its way; and of that what came in, and what is trade or a correction. */
interface Effect {
  onHand?: number;
  reserved?: number;
  inTransit?: number;
  quarantined?: number;
  received?: number;
  netChange?: number;
}

/** One SKU at one place, from the log alone. */
interface Stock extends Required<Effect> {
  /** What reservations say is open, where `reserved` is what stock events say. */
  open: number;
  /** What transfers say is on its way here, where `inTransit` is what stock events say. */
  underWay: number;
}

const traded = (quantity: number): Effect => ({ onHand: quantity, netChange: quantity });

const EFFECTS: Readonly<Record<keyof StockEvents, (quantity: number) => Effect>> = {
  StockReceived: (quantity) => ({ onHand: quantity, received: quantity }),
  StockReserved: (quantity) => ({ reserved: quantity }),
  StockReleased: (quantity) => ({ reserved: -quantity }),
  StockShipped: (quantity) => ({ ...traded(-quantity), reserved: -quantity }),
  StockSold: (quantity) => traded(-quantity),
  StockReturned: (quantity) => traded(quantity),
  StockAdjusted: (quantity) => traded(quantity),
  StockTransferSent: (quantity) => ({ onHand: -quantity }),
  StockTransferAnnounced: (quantity) => ({ inTransit: quantity }),
  StockTransferReceived: (quantity) => ({ onHand: quantity, inTransit: -quantity }),
  // A write-off like any other, though it was on no shelf.
  StockTransferLost: (quantity) => ({ inTransit: -quantity, netChange: -quantity }),
  StockQuarantined: (quantity) => ({ quarantined: quantity }),
  StockQuarantineReleased: (quantity) => ({ quarantined: -quantity }),
  StockScrapped: (quantity) => ({ ...traded(-quantity), quarantined: -quantity }),
};

/** What reservations begin to hold, and what they do not hold any more, place by place. */
const OPENED: Readonly<Partial<Record<string, (data: never) => { sign: 1 | -1; parcels: Parcel[] }[]>>> = {
  StockReservationMade: (data) => [{ sign: 1, parcels: parcelsOf(data) }],
  StockReservationMoved: ({ from: location, released: lines, reserved }) => [
    { sign: -1, parcels: [{ location, lines }] },
    { sign: 1, parcels: reserved },
  ],
  StockReservationExpired: (data) => [{ sign: -1, parcels: parcelsOf(data) }],
  StockReservationReleased: (data) => [{ sign: -1, parcels: parcelsOf(data) }],
  StockReservationParcelShipped: (data) => [{ sign: -1, parcels: [data] }],
  StockReservationShipped: (data) => [{ sign: -1, parcels: parcelsOf(data) }],
} satisfies { [K in keyof ReservationEvents]?: (data: ReservationEvents[K]) => { sign: 1 | -1; parcels: Parcel[] }[] };

/** By how much a document changes what is on its way, line by line. */
const UNDER_WAY: Readonly<Partial<Record<string, (line: ArrivedLine) => number>>> = {
  TransferDispatched: ({ quantity }) => quantity,
  TransferReceived: ({ quantity, lost }) => -(quantity + lost),
};

/** No unit comes from nowhere or goes nowhere, and what is promised is what open reservations hold. */
export class StockAuditor {
  private readonly conservation = new Findings('stock-conservation');
  private readonly stocks = new Map<string, Stock>();

  take(event: RecordedEvent): void {
    if (event.source !== 'inventory') return;
    const effect = (EFFECTS as Partial<Record<string, (quantity: number) => Effect>>)[event.type];
    if (effect) this.move(event as RecordedEvent<string, StockLine & { location: string }>, effect);
    for (const { sign, parcels } of OPENED[event.type]?.(event.data as never) ?? []) this.open(parcels, sign);
    const onTheWay = UNDER_WAY[event.type];
    if (onTheWay) this.underWay(event.data as { to: string; lines: ArrivedLine[] }, onTheWay);
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
    for (const wrong of lostFromSight(this.stocks)) this.conservation.look(wrong);
    return this.conservation.check;
  }

  /** What the log adds up to, for comparison with the views. */
  get sums(): Views['stockSummary'] {
    const sums = { onHand: 0, reserved: 0, inTransit: 0, quarantined: 0, netChange: 0 };
    for (const stock of this.stocks.values()) {
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += stock[name];
    }
    return { ...sums, skus: new Set([...this.stocks.keys()].map(skuOf)).size };
  }

  private move(event: RecordedEvent<string, StockLine & { location: string }>, effect: (quantity: number) => Effect): void {
    const { sku, location, quantity } = event.data;
    const name = `${sku}@${location}`;
    if (event.stream !== `stock:${name}`) this.conservation.violation(`${placeOf(event)} speaks of ${name}`);
    const stock = this.stockOf(name);
    for (const [what, units] of Object.entries(effect(quantity)) as [keyof Effect, number][]) stock[what] += units;
  }

  private open(parcels: readonly Parcel[], sign: 1 | -1): void {
    for (const { location, lines } of parcels) {
      for (const { sku, quantity } of lines) this.stockOf(`${sku}@${location}`).open += sign * quantity;
    }
  }

  private underWay({ to, lines }: { to: string; lines: ArrivedLine[] }, change: (line: ArrivedLine) => number): void {
    for (const line of lines) this.stockOf(`${line.sku}@${to}`).underWay += change(line);
  }

  private stockOf(name: string): Stock {
    const known = this.stocks.get(name);
    if (known) return known;
    const stock = { ...NOTHING };
    this.stocks.set(name, stock);
    return stock;
  }
}

const NOTHING: Readonly<Stock> = {
  onHand: 0,
  netChange: 0,
  received: 0,
  reserved: 0,
  open: 0,
  inTransit: 0,
  quarantined: 0,
  underWay: 0,
};

const skuOf = (name: string): string => name.slice(0, name.lastIndexOf('@'));

/** Over all places of a SKU: what came in, and what trade and corrections made of it, is on hand or on its way. False where it is. */
function* lostFromSight(stocks: ReadonlyMap<string, Stock>): Iterable<string | false> {
  const bySku = new Map<string, { due: number; there: number }>();
  for (const [name, { received, netChange, onHand, inTransit }] of stocks) {
    const { due, there } = bySku.get(skuOf(name)) ?? { due: 0, there: 0 };
    bySku.set(skuOf(name), { due: due + received + netChange, there: there + onHand + inTransit });
  }
  for (const [sku, { due, there }] of bySku) {
    yield due !== there && `${sku}: ${there} units are on hand or in transit in all, and ${due} should be`;
  }
}

/** In words that name the stock; false when all is well. */
function differenceIn(name: string, log: Readonly<Stock>, row: StockRow): string | false {
  const wrong = [
    row.onHand !== log.onHand && `${row.onHand} on hand where movements add up to ${log.onHand}`,
    row.quarantined !== log.quarantined && `${row.quarantined} in quarantine where movements add up to ${log.quarantined}`,
    row.inTransit !== log.underWay && `${row.inTransit} in transit where transfers under way have ${log.underWay}`,
    log.inTransit !== log.underWay && `${log.inTransit} in transit by stock events where transfers have ${log.underWay}`,
    row.netChange !== log.netChange && `a net change of ${row.netChange} where trade adds up to ${log.netChange}`,
    row.reserved !== log.open && `${row.reserved} reserved where open reservations hold ${log.open}`,
    log.reserved !== log.open && `${log.reserved} promised by stock events where open reservations hold ${log.open}`,
  ].filter((part) => part !== false);
  return wrong.length > 0 && `${name} has ${wrong.join(', and ')}`;
}
