import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsISO8601,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  MAX_LINES,
  MAX_QUANTITY,
  SKU_PATTERN,
  stockedLines,
  type DeliveredLine,
  type PurchaseOrderEvents,
} from '#libs/contracts';
import { to, type DecideAcross, type EventOf, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { receivedLines, WithLots } from '../lots/received-lots';
import { bookIn, receipt } from '../receipts/receipt';
import { stockAt } from '../stock/stock';
import { checkDelivery, nothingCounted } from './delivery';
import { open, purchaseOrder, type OrderedLine, type PurchaseOrder } from './purchase-order';

/** Units of one SKU that were counted in; nothing is an answer, too. */
export class DeliveredUnits extends WithLots {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

/** Books in what was delivered on a purchase order. */
export class ReceivePurchaseOrder {
  /** From the path. */
  purchaseOrderId!: string;

  /** Minted. */
  receiptId!: string;

  /** What was counted. Lines that repeat a SKU are added up; a SKU that is not named was not in the delivery. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => DeliveredUnits)
  lines!: DeliveredUnits[];

  /** True: nothing more will come, and what is missing is short. False or absent: the rest is still expected. */
  @IsOptional()
  @IsBoolean()
  closes?: boolean;

  /** When the goods came in, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Refuses a SKU that was not ordered, much more than was ordered, and a delivery of nothing. */
export const receivePurchaseOrder: DecideAcross<ReceivePurchaseOrder, PurchaseOrder> = (command, stateOf, { now }) => {
  const { purchaseOrderId, receiptId, closes = false } = command;
  const { location, lines: ordered } = open(purchaseOrderId, stateOf(purchaseOrder, purchaseOrderId));
  const counted = receivedLines(command.lines, { location, stateOf, now });
  checkDelivery(ordered, counted);
  const goods = counted.filter(({ quantity }) => quantity > 0);
  if (goods.length === 0) throw nothingCounted(purchaseOrderId);
  const came = new Map(counted.map(({ sku, quantity }) => [sku, quantity]));
  const lines = deliveredLines(ordered, came, closes);
  const events: EventOf<PurchaseOrderEvents>[] = [
    { type: 'PurchaseOrderReceived', data: { purchaseOrderId, location, receiptId, lines } },
  ];
  const missing = lines.filter(({ variance }) => variance < 0).map(({ sku, variance }) => ({ sku, quantity: -variance }));
  if (closes && missing.length > 0) {
    events.push({ type: 'PurchaseOrderClosed', data: { purchaseOrderId, location, lines: missing, reason: 'short' } });
  }
  return [to(purchaseOrder, purchaseOrderId, ...events), ...bookIn(receiptId, location, goods, { purchaseOrderId })];
};

/** What was counted beside what was expected; when nothing more will come, also what nobody counted. */
function deliveredLines(ordered: readonly OrderedLine[], came: ReadonlyMap<string, number>, closes: boolean): DeliveredLine[] {
  return ordered
    .filter(({ sku, outstanding }) => came.has(sku) || (closes && outstanding > 0))
    .map(({ sku, outstanding: expected }) => {
      const counted = came.get(sku) ?? 0;
      return { sku, expected, counted, variance: counted - expected };
    });
}

/** The order, the receipt, and the stocks of what was counted where it is expected. */
export function deliveryStreams(command: ReceivePurchaseOrder, known: PurchaseOrder): StreamRef[] {
  return [
    { aggregate: purchaseOrder, id: command.purchaseOrderId },
    { aggregate: receipt, id: command.receiptId },
    ...(known ? stockAt(known.location, stockedLines(command.lines)) : []),
  ];
}
