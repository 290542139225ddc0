import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
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
import {
  gradesOf,
  ID_PATTERN,
  MAX_LINES,
  MAX_QUANTITY,
  RETURN_GRADES,
  SKU_PATTERN,
  type ReturnGrade,
  type TradeLine,
} from '#libs/contracts';
import { to, type DecideAcross, type StateOf, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { CURRENCY_PATTERN, Price } from '../catalog/price';
import { addUp, tradeLine } from '../catalog/pricing';
import { product } from '../catalog/product';
import { order } from '../orders/order';
import { goodsReturn } from './goods-return';
import { returnable } from './returnable';
import { takeBack } from './take-back';

export class ReturnedLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;

  /** What was paid, where no order says it; the catalog decides when both are silent. */
  @IsOptional()
  @ValidateNested()
  @Type(() => Price)
  unitPrice?: Price;

  /** How the goods were found: back to the `shelf`, which is meant when absent, to `quarantine` to be looked at, or `scrap`. */
  @IsOptional()
  @IsIn(RETURN_GRADES)
  grade?: ReturnGrade;
}

/** An online customer brings goods back, from an order of ours or, without `orderId`, from anywhere. */
export class AcceptReturn {
  /** Minted. */
  returnId!: string;

  @IsString()
  @Length(1, 64)
  customer!: string;

  /** The order that the goods are from; the prices are those of the order then. */
  @IsOptional()
  @Matches(ID_PATTERN)
  orderId?: string;

  /** The place that took the goods and has them now. */
  @Matches(ID_PATTERN)
  location!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => ReturnedLine)
  lines!: ReturnedLine[];

  @IsOptional()
  @IsString()
  @Length(1, 200)
  reason?: string;

  /** ISO 4217; every line is priced in it. */
  @Matches(CURRENCY_PATTERN)
  currency!: string;

  /** When the goods came back, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/**
 * What is given back is priced by its order, or else by the line or the catalog.
 * Refuses what no order can give back (see `returnable`, `takeBack`) and lines that cannot be priced (see `tradeLine`).
 */
export const acceptReturn: DecideAcross<AcceptReturn> = (command, stateOf) => {
  const { returnId, orderId, customer, location, reason = 'not given' } = command;
  if (stateOf(goodsReturn, returnId)) return [];
  const lines = orderId === undefined ? priced(command, stateOf) : ofOrder(command, orderId, stateOf);
  const totals = addUp(lines, { currency: command.currency, sign: -1 });
  const grades = gradesOf(command.lines, lines);
  const facts = {
    returnId,
    ...(orderId !== undefined && { orderId }),
    customer,
    location,
    lines,
    totals,
    reason,
    ...(grades.length > 0 && { grades }),
  };
  const accepted = to(goodsReturn, returnId, { type: 'ReturnAccepted', data: facts });
  if (orderId === undefined) return [accepted];
  return [accepted, to(order, orderId, { type: 'OrderLinesReturned', data: { orderId, customer, returnId, lines, totals } })];
};

/** The return itself, and what its prices come from: the order, or the products. */
export function returnStreams({ returnId, orderId, lines }: AcceptReturn): StreamRef[] {
  const sources =
    orderId === undefined ? lines.map(({ sku: id }) => ({ aggregate: product, id })) : [{ aggregate: order, id: orderId }];
  return [{ aggregate: goodsReturn, id: returnId }, ...sources];
}

function priced({ lines, currency }: AcceptReturn, stateOf: StateOf): TradeLine[] {
  return lines.map(({ sku, quantity, unitPrice }) =>
    tradeLine({ sku, quantity, ...(unitPrice && { price: unitPrice }) }, stateOf(product, sku), { currency, sign: -1 }),
  );
}

function ofOrder(command: AcceptReturn, orderId: string, stateOf: StateOf): TradeLine[] {
  return takeBack(command.lines, returnable(command, orderId, stateOf(order, orderId)));
}
