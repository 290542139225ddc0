import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { BundlePart, ProductKind, UnitPrice } from '#libs/contracts';

export const CURRENCY_PATTERN = /^[A-Z]{3}$/;
const MAX_PRICE_MINOR = 1_000_000_000;

/** What a supply order has to know of a product. */
export interface Listed {
  sku: string;
  name: string;
  kind: ProductKind;
  price: UnitPrice;
  /** What one unit is made of, where it is a bundle. */
  components?: BundlePart[];
}

/** The products that an order names, as far as they are listed, by SKU. */
export type Listing = ReadonlyMap<string, Listed>;

/** A price that was agreed with a shop. */
export class AgreedPrice implements UnitPrice {
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
  @Max(1_000_000)
  baseQuantity?: number;
}
