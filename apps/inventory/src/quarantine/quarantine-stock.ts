import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN, MAX_LINES, MAX_QUANTITY, SKU_PATTERN, stockedLines } from '#libs/contracts';
import { to, type DecideAcross, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { location, unknownLocation } from '../locations/location';
import { lacking, notEnough } from '../stock/lacking';
import { missed, noting } from '../stock/lots';
import { moveEach, stock, stockAt, stockId } from '../stock/stock';
import { quarantine } from './quarantine';

/** Units of one SKU. */
export class QuarantineLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

/** Keeps goods from sale where they are, until somebody has looked at them. */
export class QuarantineStock {
  /** Minted. */
  quarantineId!: string;

  @Matches(ID_PATTERN)
  location!: string;

  /** Lines that repeat a SKU are added up. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => QuarantineLine)
  lines!: QuarantineLine[];

  @IsString()
  @Length(1, 200)
  reason!: string;

  /** Since when they are kept, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Refuses a place that is not registered, and more than is available: what is reserved has to be released first. */
export const quarantineStock: DecideAcross<QuarantineStock> = (command, stateOf) => {
  const { quarantineId, location: at, reason } = command;
  if (stateOf(quarantine, quarantineId)) return [];
  if (!stateOf(location, at)) throw unknownLocation(at, 'unprocessable');
  const asked = stockedLines(command.lines);
  const short = lacking(at, asked, stateOf);
  if (short.length > 0) throw notEnough(`${at} has not that much to keep from sale`, at, short);
  const lines = asked.map((line) => ({
    ...line,
    ...noting(missed(stateOf(stock, stockId(line.sku, at)), line.quantity)),
  }));
  return [
    to(quarantine, quarantineId, { type: 'QuarantineOpened', data: { quarantineId, location: at, lines, reason } }),
    ...moveEach(at, lines, (line) => ({ type: 'StockQuarantined', data: { ...line, quarantineId } })),
  ];
};

/** The quarantine, its place, and the stocks. */
export function quarantineStreams({ quarantineId, location: at, lines }: QuarantineStock): StreamRef[] {
  return [
    { aggregate: quarantine, id: quarantineId, begins: true },
    { aggregate: location, id: at },
    ...stockAt(at, stockedLines(lines)),
  ];
}
