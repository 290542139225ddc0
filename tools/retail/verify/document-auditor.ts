import { createHash } from 'node:crypto';
import { parcelsOf, stockedLines, type Parcel, type ReservationEvents, type StockLine } from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { DOCUMENTS, MOVEMENTS, type Claim } from './claims';
import { Findings, type Check } from './findings';
import { Pairs } from './pairs';

/**
 * Every document that moves goods has exactly the stock movements that it says, and no movement is without a document. What
 * matches is forgotten, so that memory holds only what is still open.
 */
export class DocumentAuditor {
  private readonly findings = new Findings('stock-follows-documents');
  private readonly open = new Map<string, number>();
  private readonly held = new Pairs('the lines that were ordered', 'the lines that are reserved');
  private readonly shelved = new Pairs('the lines that the shop received', 'the lines on its shelf');
  private readonly shipped = new Pairs('what left', 'what was taken off the books');

  take(event: RecordedEvent): void {
    const { type, data } = event as RecordedEvent<string, never>;
    for (const claim of DOCUMENTS[type]?.(data) ?? []) this.add(claim, 1);
    const movement = MOVEMENTS[type]?.(data);
    if (movement) this.add(movement, -1);
    PAIRED[type]?.(data, this);
  }

  ordered(id: string, lines: readonly StockLine[]): void {
    this.held.left(id, digestOf(stockedLines(lines)));
  }

  reserved(id: string, lines: readonly StockLine[]): void {
    this.held.right(id, digestOf(lines));
  }

  /** What moves from one place to others stays what it is. */
  moved(id: string, released: readonly StockLine[], reserved: readonly Parcel[]): void {
    const isSame = digestOf(released) === digestOf(linesIn(reserved));
    this.findings.look(!isSame && `${id}: what is held elsewhere is not what was let go`);
  }

  receivedByShop(id: string, lines: readonly StockLine[]): void {
    const goods = stockedLines(lines);
    if (goods.length > 0) this.shelved.left(id, digestOf(goods));
  }

  bookedIn(id: string, lines: readonly StockLine[]): void {
    this.shelved.right(id, digestOf(lines));
  }

  parcelLeft(id: string): void {
    this.shipped.left(id);
  }

  takenOffTheBooks(id: string): void {
    this.shipped.right(id);
  }

  get check(): Check {
    for (const [claim, units] of this.open) {
      const more = units > 0 ? 'more units than have moved' : 'fewer units than have moved';
      this.findings.violation(`${claim}: the document says ${Math.abs(units)} ${more}`);
    }
    const { held, shelved, shipped } = this;
    const alone = [...held.rightAlone, ...shelved.leftAlone, ...shipped.leftAlone, ...shipped.rightAlone];
    for (const wrong of [...held.differing, ...shelved.differing, ...alone]) this.findings.violation(wrong);
    return this.findings.check;
  }

  private add({ what, document, location, sku, quantity }: Claim, sign: 1 | -1): void {
    this.findings.look();
    const key = `${what} ${document}, ${sku}@${location}`;
    const units = (this.open.get(key) ?? 0) + sign * quantity;
    if (units === 0) this.open.delete(key);
    else this.open.set(key, units);
  }
}

type Paired = (data: { lines: StockLine[] } & Record<string, string>, auditor: DocumentAuditor) => void;

type Reserving = Pick<ReservationEvents, 'StockReservationMade' | 'StockReservationMoved'>;

const RESERVING: { [K in keyof Reserving]: (data: Reserving[K], auditor: DocumentAuditor) => void } = {
  // A direct reservation answers to no order.
  StockReservationMade: ({ reservationId, demand, ...goods }, auditor) =>
    demand === 'direct' ? undefined : auditor.reserved(reservationId, linesIn(parcelsOf(goods))),
  StockReservationMoved: ({ reservationId, released, reserved }, auditor) => auditor.moved(reservationId, released, reserved),
};

/** Documents that answer to another document. */
const PAIRED: Readonly<Partial<Record<string, (data: never, auditor: DocumentAuditor) => void>>> = {
  ...RESERVING,
  ...({
    OrderPlaced: ({ orderId = '', lines }, auditor) => auditor.ordered(orderId, lines),
    SupplyOrderSubmitted: ({ supplyOrderId = '', lines }, auditor) => auditor.ordered(supplyOrderId, lines),
    SupplyOrderReceived: ({ supplyOrderId = '', lines }, auditor) => auditor.receivedByShop(supplyOrderId, lines),
    GoodsReceived: ({ receiptId = '', lines }, auditor) => auditor.bookedIn(receiptId, lines),
    ShipmentParcelShipped: ({ orderId = '', location }, auditor) => auditor.parcelLeft(`${orderId} at ${location}`),
    StockReservationParcelShipped: ({ reservationId = '', location }, auditor) =>
      auditor.takenOffTheBooks(`${reservationId} at ${location}`),
    ShipmentShipped: ({ orderId = '' }, auditor) => auditor.parcelLeft(orderId),
    SupplyOrderShipped: ({ supplyOrderId = '' }, auditor) => auditor.parcelLeft(supplyOrderId),
    StockReservationShipped: ({ reservationId = '' }, auditor) => auditor.takenOffTheBooks(reservationId),
  } satisfies Record<string, Paired>),
};

const linesIn = (parcels: readonly Parcel[]): StockLine[] => stockedLines(parcels.flatMap(({ lines }) => lines));

/** Names lines whatever their order. */
function digestOf(lines: readonly StockLine[]): string {
  const text = lines.map(({ sku, quantity }) => `${sku}:${quantity}`).sort();
  return createHash('sha256').update(text.join('\n')).digest('base64');
}
