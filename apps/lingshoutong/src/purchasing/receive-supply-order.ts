import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsISO8601, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { MAX_LINES, MAX_QUANTITY, SKU_PATTERN, stockedLines, type StockLine, type SupplyOrderEvents } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { notYet, unknownSupplyOrder, type SupplyOrder } from './supply-order';

/** Units of one SKU that were counted in. */
export class CountedLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

/** The shop counted the goods in. */
export class ReceiveSupplyOrder {
  /** From the path. */
  supplyOrderId!: string;

  /** What was counted; everything that was shipped when absent. What is not named has not arrived. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => CountedLine)
  lines?: CountedLine[];

  /** When they were counted, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Refuses an order that is not on its way, and more than was shipped; nothing when the same was received before. */
export const receiveSupplyOrder: Decide<ReceiveSupplyOrder, SupplyOrder, SupplyOrderEvents> = (command, state) => {
  const { supplyOrderId } = command;
  if (!state) throw unknownSupplyOrder(supplyOrderId);
  const shipped = stockedLines(state.lines);
  const counted = command.lines ? stockedLines(command.lines) : shipped;
  if (state.status === 'received') {
    if (isSame(state.received, counted)) return [];
    throw alreadyReceived(supplyOrderId);
  }
  if (state.status !== 'shipped') throw notYet('supply-order-not-shipped', supplyOrderId, state.status);
  checkAgainst(shipped, counted);
  return [{ type: 'SupplyOrderReceived', data: { supplyOrderId, shop: state.shop, lines: counted } }];
};

function isSame(before: readonly StockLine[], now: readonly StockLine[]): boolean {
  const units = unitsBySku(before);
  return before.length === now.length && now.every(({ sku, quantity }) => units.get(sku) === quantity);
}

function checkAgainst(shipped: readonly StockLine[], counted: readonly StockLine[]): void {
  const units = unitsBySku(shipped);
  for (const { sku, quantity } of counted) {
    const left = units.get(sku) ?? 0;
    if (quantity > left) throw moreThanShipped(sku, quantity, left);
  }
}

const unitsBySku = (lines: readonly StockLine[]): ReadonlyMap<string, number> =>
  new Map(lines.map(({ sku, quantity }) => [sku, quantity]));

function moreThanShipped(sku: string, counted: number, shipped: number): Refusal {
  return new Refusal(
    'more-than-shipped',
    `${counted} of ${sku} were counted, but ${shipped} were shipped.`,
    'Count again; what came from elsewhere is booked in with POST /inventory/receipts.',
  );
}

function alreadyReceived(id: string): Refusal {
  return new Refusal(
    'supply-order-already-received',
    `Supply order ${id} was received with another count.`,
    'Correct what is on the shelf with POST /inventory/adjustments.',
    'conflict',
  );
}
