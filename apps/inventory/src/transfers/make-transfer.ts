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
import { ID_PATTERN, MAX_LINES, MAX_QUANTITY, SKU_PATTERN, stockedLines } from '#libs/contracts';
import { Refusal, to, type DecideAcross, type StateOf, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { expectedIn, MOMENT_PATTERN } from '../inbound/expected-at';
import { location, unknownLocation } from '../locations/location';
import { stockAt } from '../stock/stock';
import { dispatched } from './dispatched';
import { transfer } from './transfer';

/** Units of one SKU that move. */
export class TransferredLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

/** Sends goods from one place to another, or says that it is meant to. */
export class MakeTransfer {
  /** Minted. */
  transferId!: string;

  @Matches(ID_PATTERN)
  from!: string;

  @Matches(ID_PATTERN)
  to!: string;

  /** Lines that repeat a SKU are added up. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => TransferredLine)
  lines!: TransferredLine[];

  /** When the goods should be there. Without it nothing can be promised of them by date. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(MOMENT_PATTERN)
  expectedAt?: string;

  /** False: they are only meant to leave, and nothing moves until they are dispatched; true when absent. */
  @IsOptional()
  @IsBoolean()
  dispatch?: boolean;

  /** When the goods left, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Refuses a transfer to where the goods are, a place that is not registered, and to send more than is available. */
export const makeTransfer: DecideAcross<MakeTransfer> = (command, stateOf, { now }) => {
  const { transferId, from, dispatch = true, expectedAt } = command;
  if (stateOf(transfer, transferId)) return [];
  checkPlaces(command, stateOf);
  const lines = stockedLines(command.lines);
  const due = expectedAt === undefined ? {} : { expectedAt: expectedIn(expectedAt) };
  const plan = { transferId, from, to: command.to, lines, ...due };
  if (dispatch) return dispatched(plan, stateOf, now);
  return [to(transfer, transferId, { type: 'TransferPlanned', data: plan })];
};

function checkPlaces({ from, to: destination }: MakeTransfer, stateOf: StateOf): void {
  if (from === destination) throw transferToItself(from);
  for (const place of [from, destination]) if (!stateOf(location, place)) throw unknownLocation(place, 'unprocessable');
}

/** The transfer, both places, and the stocks at either where goods leave at once. */
export function transferStreams({ transferId, from, to: destination, lines, dispatch = true }: MakeTransfer): StreamRef[] {
  const goods = dispatch ? stockedLines(lines) : [];
  const places = [...new Set([from, destination])];
  return [
    { aggregate: transfer, id: transferId, begins: true },
    ...places.flatMap((place) => [{ aggregate: location, id: place }, ...stockAt(place, goods)]),
  ];
}

function transferToItself(place: string): Refusal {
  const remedy = 'Name two places. What moves within one place stays on its books.';
  return new Refusal('transfer-to-itself', `The goods would go from ${place} to ${place}.`, remedy);
}
