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
import { ID_PATTERN, MAX_LINES, MAX_QUANTITY, SKU_PATTERN } from '#libs/contracts';
import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import { location, unknownLocation } from '../locations/location';
import { receivedLines, WithLots } from '../lots/received-lots';
import { bookIn, receipt } from './receipt';

/** Units of one SKU that came in. */
export class ReceivedLine extends WithLots {
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

/** Refuses a place that is not registered, and lots that cannot be (see `receivedLines`); a receipt that is booked already says nothing again. */
export const receiveGoods: DecideAcross<ReceiveGoods> = (command, stateOf, { now }) => {
  if (stateOf(receipt, command.receiptId)) return [];
  if (!stateOf(location, command.location)) throw unknownLocation(command.location, 'unprocessable');
  const { receiptId, location: at } = command;
  return bookIn(receiptId, at, receivedLines(command.lines, { location: at, stateOf, now }));
};
