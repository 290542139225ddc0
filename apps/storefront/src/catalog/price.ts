import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { UnitPrice } from '#libs/contracts';

/** ISO 4217. */
export const CURRENCY_PATTERN = /^[A-Z]{3}$/;
/** The scope that a caller needs to name a price instead of taking that of the catalog. */
export const AGREE_PRICES = 'prices:agree';
/** With it a line of the most units still is an integer that can be counted exactly. */
const MAX_PRICE_MINOR = 1_000_000_000;
const MAX_BASE_QUANTITY = 1_000_000;

/** A price as it comes in a body. */
export class Price implements UnitPrice {
  /** Minor units for `baseQuantity` units. */
  @IsInt()
  @Min(0)
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

/** The price as events carry it: for one unit unless it says otherwise. */
export function asUnitPrice({ amountMinor, currency, baseQuantity = 1 }: UnitPrice): UnitPrice {
  return { amountMinor, currency, ...(baseQuantity !== 1 && { baseQuantity }) };
}

export function isSamePrice(a: UnitPrice, b: UnitPrice): boolean {
  return a.amountMinor === b.amountMinor && a.currency === b.currency && (a.baseQuantity ?? 1) === (b.baseQuantity ?? 1);
}
