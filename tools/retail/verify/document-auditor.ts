import { createHash } from 'node:crypto';
import {
  parcelsOf,
  stockedLines,
  type DeliveredLine,
  type OrderEvents,
  type Parcel,
  type PurchaseOrderEvents,
  type ReservationEvents,
  type ShipmentEvents,
  type StockDocumentEvents,
  type StockLine,
  type SupplyOrderEvents,
} from '#libs/contracts';
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
  private readonly delivered = new Pairs('what was counted on its purchase order', 'what was booked in');
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

  countedIn(id: string, lines: readonly DeliveredLine[]): void {
    const came = lines.map(({ sku, counted: quantity }) => ({ sku, quantity })).filter(({ quantity }) => quantity > 0);
    this.delivered.left(id, digestOf(came));
  }

  bookedIn({ receiptId: id, purchaseOrderId, lines }: StockDocumentEvents['GoodsReceived']): void {
    if (purchaseOrderId !== undefined) this.delivered.right(id, digestOf(lines));
    else this.shelved.right(id, digestOf(lines));
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
    const { held, shelved, delivered, shipped } = this;
    const alone = [...held.rightAlone, ...shelved.leftAlone].concat(
      ...[delivered, shipped].flatMap(({ leftAlone, rightAlone }) => [leftAlone, rightAlone]),
    );
    for (const wrong of [...held.differing, ...shelved.differing, ...delivered.differing, ...alone])
      this.findings.violation(wrong);
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

type Paired = Pick<OrderEvents, 'OrderPlaced'> &
  Pick<SupplyOrderEvents, 'SupplyOrderSubmitted' | 'SupplyOrderReceived' | 'SupplyOrderShipped'> &
  Pick<
    ReservationEvents,
    'StockReservationMade' | 'StockReservationMoved' | 'StockReservationShipped' | 'StockReservationParcelShipped'
  > &
  Pick<StockDocumentEvents, 'GoodsReceived'> &
  Pick<PurchaseOrderEvents, 'PurchaseOrderReceived'> &
  Pick<ShipmentEvents, 'ShipmentShipped' | 'ShipmentParcelShipped'>;

/** Documents that answer to another document. */
const PAIRED: Readonly<Partial<Record<string, (data: never, auditor: DocumentAuditor) => void>>> = {
  OrderPlaced: ({ orderId, lines }, auditor) => auditor.ordered(orderId, lines),
  SupplyOrderSubmitted: ({ supplyOrderId, lines }, auditor) => auditor.ordered(supplyOrderId, lines),
  // A direct reservation answers to no order.
  StockReservationMade: ({ reservationId, demand, ...goods }, auditor) =>
    demand === 'direct' ? undefined : auditor.reserved(reservationId, linesIn(parcelsOf(goods))),
  StockReservationMoved: ({ reservationId, released, reserved }, auditor) => auditor.moved(reservationId, released, reserved),
  SupplyOrderReceived: ({ supplyOrderId, lines }, auditor) => auditor.receivedByShop(supplyOrderId, lines),
  PurchaseOrderReceived: ({ receiptId, lines }, auditor) => auditor.countedIn(receiptId, lines),
  GoodsReceived: (receipt, auditor) => auditor.bookedIn(receipt),
  ShipmentParcelShipped: ({ orderId, location }, auditor) => auditor.parcelLeft(`${orderId} at ${location}`),
  StockReservationParcelShipped: ({ reservationId, location }, auditor) =>
    auditor.takenOffTheBooks(`${reservationId} at ${location}`),
  ShipmentShipped: ({ orderId }, auditor) => auditor.parcelLeft(orderId),
  SupplyOrderShipped: ({ supplyOrderId }, auditor) => auditor.parcelLeft(supplyOrderId),
  StockReservationShipped: ({ reservationId }, auditor) => auditor.takenOffTheBooks(reservationId),
} satisfies { [K in keyof Paired]: (data: Paired[K], auditor: DocumentAuditor) => void };

const linesIn = (parcels: readonly Parcel[]): StockLine[] => stockedLines(parcels.flatMap(({ lines }) => lines));

/** Names lines whatever their order. */
function digestOf(lines: readonly StockLine[]): string {
  const text = lines.map(({ sku, quantity }) => `${sku}:${quantity}`).sort();
  return createHash('sha256').update(text.join('\n')).digest('base64');
}
