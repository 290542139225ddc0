import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  NotEquals,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN, MAX_LINES, MAX_QUANTITY, SKU_PATTERN, type StockLine } from '#libs/contracts';
import { fold, to, type DecideAcross, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { location, unknownLocation } from '../locations/location';
import { missed, noting } from '../stock/lots';
import { stock, stockId } from '../stock/stock';
import { adjustment } from './adjustment';

/** One correction of one SKU. */
export class AdjustmentLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  /** Signed: below zero takes off the books. */
  @IsInt()
  @Min(-MAX_QUANTITY)
  @Max(MAX_QUANTITY)
  @NotEquals(0)
  quantity!: number;

  /** Why the books were wrong: `damaged`, `counted`. */
  @IsString()
  @Length(1, 200)
  reason!: string;

  /** False for a line that is recorded and moves no stock (a service); true when absent. */
  @IsOptional()
  @IsBoolean()
  stocked?: boolean;
}

/** Corrects the books of a location after a count, a loss or a find. */
export class AdjustStock {
  /** Minted. */
  adjustmentId!: string;

  @Matches(ID_PATTERN)
  location!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => AdjustmentLine)
  lines!: AdjustmentLine[];

  /** When it was found, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/**
 * Refuses a place that is not registered, and nothing else: a correction is a fact, also where it leaves less than nothing
 * on hand or less than is reserved. Lines of one SKU and one reason are one movement.
 */
export const adjustStock: DecideAcross<AdjustStock> = (command, stateOf) => {
  const { adjustmentId, location: at } = command;
  if (stateOf(adjustment, adjustmentId)) return [];
  if (!stateOf(location, at)) throw unknownLocation(at, 'unprocessable');
  const lines = command.lines.map(({ sku, quantity, reason, stocked = true }) => ({ sku, quantity, reason, stocked }));
  const document = to(adjustment, adjustmentId, {
    type: 'StockAdjustmentRecorded',
    data: { adjustmentId, location: at, lines },
  });
  return [document, ...movements(command, stateOf)];
};

/** The lines that move stock, by SKU. */
export function movingLines({ lines }: AdjustStock): Map<string, AdjustmentLine[]> {
  const bySku = new Map<string, AdjustmentLine[]>();
  for (const line of lines) {
    if (line.stocked !== false) bySku.set(line.sku, [...(bySku.get(line.sku) ?? []), line]);
  }
  return bySku;
}

function movements(command: AdjustStock, stateOf: StateOf): StreamEvents[] {
  const { adjustmentId, location: at } = command;
  return [...movingLines(command)].map(([sku, lines]) => {
    let shelf = stateOf(stock, stockId(sku, at));
    const events = sumByReason(lines).map((line) => {
      const lots = noting(missed(shelf, -line.quantity));
      const event = { type: 'StockAdjusted' as const, data: { ...line, location: at, adjustmentId, ...lots } };
      shelf = fold(stock, [event], shelf);
      return event;
    });
    return to(stock, stockId(sku, at), ...events);
  });
}

/** What cancels out moved nothing. */
function sumByReason(lines: readonly AdjustmentLine[]): (StockLine & { reason: string })[] {
  const byReason = new Map<string, StockLine & { reason: string }>();
  for (const { sku, quantity, reason } of lines) {
    byReason.set(reason, { sku, quantity: (byReason.get(reason)?.quantity ?? 0) + quantity, reason });
  }
  return [...byReason.values()].filter(({ quantity }) => quantity !== 0);
}
