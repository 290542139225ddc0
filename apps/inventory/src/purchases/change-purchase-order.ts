import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsISO8601, IsOptional, Matches, ValidateNested } from 'class-validator';
import { MAX_LINES, stockedLines, type PurchaseLine, type PurchaseOrderEvents, type StockLine } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { expectedIn, MOMENT_PATTERN } from '../inbound/expected-at';
import { BoughtLine } from './place-purchase-order';
import { open, type OrderedLine, type PurchaseOrder } from './purchase-order';

/** Orders other quantities, or for another time. */
export class ChangePurchaseOrder {
  /** From the path. */
  purchaseOrderId!: string;

  /** All that shall be ordered, what has come included; a SKU that is left out is not ordered any more. Absent: as it is. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => BoughtLine)
  lines?: BoughtLine[];

  /** When the goods should be there; absent: as it is. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(MOMENT_PATTERN)
  expectedAt?: string;
}

/** Nothing to say when it is so already. Refuses to order less than has come. */
export const changePurchaseOrder: Decide<ChangePurchaseOrder, PurchaseOrder, PurchaseOrderEvents> = (command, state) => {
  const { purchaseOrderId } = command;
  const order = open(purchaseOrderId, state);
  const lines = command.lines ? changedLines(order.lines, stockedLines(command.lines)) : order.lines.map(asOrdered);
  const expectedAt = command.expectedAt === undefined ? order.expectedAt : expectedIn(command.expectedAt);
  if (expectedAt === order.expectedAt && isSame(order.lines, lines)) return [];
  return [{ type: 'PurchaseOrderChanged', data: { purchaseOrderId, location: order.location, lines, expectedAt } }];
};

const asOrdered = ({ sku, quantity, outstanding }: OrderedLine): PurchaseLine => ({ sku, quantity, outstanding });

/** What shall be ordered, and what was and shall not be any more. */
function changedLines(before: readonly OrderedLine[], wanted: readonly StockLine[]): PurchaseLine[] {
  const dropped = before.filter(({ sku }) => !wanted.some((line) => line.sku === sku)).map(({ sku }) => ({ sku, quantity: 0 }));
  const lines = [...wanted, ...dropped].map(({ sku, quantity }) => {
    const received = before.find((line) => line.sku === sku)?.received ?? 0;
    return { sku, quantity, received, outstanding: Math.max(0, quantity - received) };
  });
  const below = lines.filter(({ quantity, received }) => quantity < received);
  if (below.length > 0) throw belowReceived(below);
  return lines.map(asOrdered);
}

function isSame(before: readonly OrderedLine[], after: readonly PurchaseLine[]): boolean {
  return (
    before.length === after.length &&
    after.every(({ sku, quantity }) => before.some((line) => line.sku === sku && line.quantity === quantity))
  );
}

function belowReceived(below: readonly OrderedLine[]): Refusal {
  const facts = { lines: below.map(({ sku, quantity, received }) => ({ sku, quantity, received })) };
  const detail = below.map(({ sku, quantity, received }) => `${received} ${sku} have come, and ${quantity} would be ordered`);
  const remedy = 'Order at least what has come. What shall go back to the supplier is an adjustment.';
  return Object.assign(new Refusal('below-received', `${detail.slice(0, 3).join(', ')}.`, remedy, 'conflict'), { facts });
}
