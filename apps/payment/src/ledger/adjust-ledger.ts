import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  lineAmountMinor,
  MAX_LINES,
  MAX_QUANTITY,
  type DocumentTotals,
  type LedgerEvents,
  type UnitPrice,
} from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import type { LedgerAdjustment } from './ledger';

/** ISO 4217. */
const CURRENCY_PATTERN = /^[A-Z]{3}$/;
const MAX_PRICE_MINOR = 1_000_000_000;
const MAX_BASE_QUANTITY = 1_000_000;

/** What one unit of a correction is worth: a debt that is written off has a price below zero. */
export class LedgerPrice implements UnitPrice {
  /** Minor units for `baseQuantity` units, signed. */
  @IsInt()
  @Min(-MAX_PRICE_MINOR)
  @Max(MAX_PRICE_MINOR)
  amountMinor!: number;

  /** ISO 4217. */
  @Matches(CURRENCY_PATTERN)
  currency!: string;

  /** How many units the amount is for; one when absent. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_BASE_QUANTITY)
  baseQuantity?: number;
}

export class LedgerLine {
  @IsString()
  @Length(1, 200)
  description!: string;

  /** Signed, and 0 where a line only explains. */
  @IsInt()
  @Min(-MAX_QUANTITY)
  @Max(MAX_QUANTITY)
  quantity!: number;

  @IsObject()
  @ValidateNested()
  @Type(() => LedgerPrice)
  unitPrice!: LedgerPrice;
}

/** Corrects the books by money that no goods stand for. */
export class AdjustLedger {
  /** Minted. */
  adjustmentId!: string;

  @IsString()
  @Length(1, 200)
  reason!: string;

  /** ISO 4217; every line is in it. */
  @Matches(CURRENCY_PATTERN)
  currency!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => LedgerLine)
  lines!: LedgerLine[];

  /** When it is due, where that is not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Once. Refuses a `currency-mismatch` and an `amount-too-large`. */
export const adjustLedger: Decide<AdjustLedger, LedgerAdjustment, LedgerEvents> = (command, state) => {
  if (state) return [];
  const { adjustmentId, reason, currency } = command;
  const lines = command.lines.map(({ description, quantity, unitPrice }) => {
    if (unitPrice.currency !== currency) throw currencyMismatch(description, unitPrice.currency, currency);
    return { description, quantity, amountMinor: lineAmountMinor(unitPrice, quantity) };
  });
  return [{ type: 'LedgerAdjusted', data: { adjustmentId, reason, lines, totals: addUp(lines, currency) } }];
};

/** The signs are the lines' own. */
function addUp(lines: readonly { quantity: number; amountMinor: number }[], currency: string): DocumentTotals {
  const units = lines.reduce((sum, line) => sum + line.quantity, 0);
  const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  if (Number.isSafeInteger(amountMinor)) return { lines: lines.length, units, amountMinor, currency };
  throw new Refusal('amount-too-large', 'The lines add up to more than can be counted exactly.', 'Split the adjustment.');
}

function currencyMismatch(description: string, currency: string, expected: string): Refusal {
  return new Refusal(
    'currency-mismatch',
    `"${description}" is in ${currency}, but the adjustment is in ${expected}.`,
    `Send it in ${expected}, or as an adjustment of its own.`,
  );
}
