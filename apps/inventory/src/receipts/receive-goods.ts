import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN, MAX_LINES, MAX_QUANTITY, SKU_PATTERN, stockedLines } from '#libs/contracts';
import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import { location, unknownLocation } from '../locations/location';
import { bookIn, receipt } from './receipt';

/** Units of one SKU that came in. */
export class ReceivedLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

/** Books a delivery in at a location; lines that repeat a SKU are added up. */
export class ReceiveGoods {
  /** Minted. */
  receiptId!: string;

  @Matches(ID_PATTERN)
  location!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => ReceivedLine)
  lines!: ReceivedLine[];

  /** When the goods came in, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Refuses a place that is not registered; a receipt that is booked already says nothing again. */
export const receiveGoods: DecideAcross<ReceiveGoods> = (command, stateOf) => {
  if (stateOf(receipt, command.receiptId)) return [];
  if (!stateOf(location, command.location)) throw unknownLocation(command.location, 'unprocessable');
  return bookIn(command.receiptId, command.location, stockedLines(command.lines));
};
