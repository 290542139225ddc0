import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN, MAX_LINES, MAX_QUANTITY, SKU_PATTERN, type CountedLine } from '#libs/contracts';
import {
  to,
  type DecideAcross,
  type EventOf,
  type StateOf,
  type StreamEvents,
  type StreamRef,
} from '#libs/eventsourcing/vocabulary';
import type { StockCountEvents, StockDiscrepancyEvents, StockEvents } from '#libs/contracts';
import { location, unknownLocation } from '../locations/location';
import { missed, noting } from '../stock/lots';
import { stock, stockId } from '../stock/stock';
import { count } from './count';

/** What somebody found of one SKU. */
export class FoundLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  /** What was there; nothing is an answer, too. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  counted!: number;
}

const skuOf = ({ sku }: FoundLine): string => sku;

/** Records a blind count: whoever counts says what is there, and is not told before what the books have. */
export class RecordCount {
  /** Minted. */
  countId!: string;

  @Matches(ID_PATTERN)
  location!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ArrayUnique(skuOf)
  @ValidateNested({ each: true })
  @Type(() => FoundLine)
  lines!: FoundLine[];

  /** When it was counted, where that was not just now: what moved since then is not a variance. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** What a count concerns: itself, its place, and the stocks that were counted. */
export const countedStocks = ({ countId, location: at, lines }: RecordCount): StreamRef[] => [
  { aggregate: count, id: countId, begins: true },
  { aggregate: location, id: at },
  ...lines.map(({ sku }) => ({ aggregate: stock, id: stockId(sku, at) })),
];

/** On hand by SKU when it was counted; undefined when that is now, where the stocks themselves say it. */
export type Expected = ReadonlyMap<string, number> | undefined;

/** Puts the books right by what was found, as a correction of its own, and settles what was open. */
export const recordCount: DecideAcross<RecordCount, Expected> = (command, stateOf, { given }) => {
  const { countId, location: at } = command;
  if (stateOf(count, countId)) return [];
  if (!stateOf(location, at)) throw unknownLocation(at, 'unprocessable');
  const lines = command.lines.map(({ sku, counted }): CountedLine => {
    const expected = given?.get(sku) ?? (given ? 0 : stateOf(stock, stockId(sku, at)).onHand);
    return { sku, counted, expected, variance: counted - expected };
  });
  const document: EventOf<StockCountEvents> = { type: 'StockCountRecorded', data: { countId, location: at, lines } };
  return [to(count, countId, document), ...lines.flatMap((line) => corrected(command, line, stateOf))];
};

type Correction = EventOf<StockEvents & StockDiscrepancyEvents>;

function corrected({ countId: id, location: at }: RecordCount, { sku, variance }: CountedLine, stateOf: StateOf): StreamEvents[] {
  const events: Correction[] = [];
  if (variance !== 0) {
    const lots = noting(missed(stateOf(stock, stockId(sku, at)), -variance));
    const data = { sku, location: at, quantity: variance, adjustmentId: id, reason: 'counted', ...lots };
    events.push({ type: 'StockAdjusted', data });
  }
  if (stateOf(stock, stockId(sku, at)).isDisputed) {
    events.push({ type: 'StockDiscrepancyResolved', data: { sku, location: at, countId: id } });
  }
  return events.length > 0 ? [to(stock, stockId(sku, at), ...events)] : [];
}
