import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { BundlePart, ProductKind, UnitPrice } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';

export const CURRENCY_PATTERN = /^[A-Z]{3}$/;
const MAX_PRICE_MINOR = 1_000_000_000;

/** What a till has to know of a product. */
export interface Listed {
  sku: string;
  name: string;
  kind: ProductKind;
  price: UnitPrice;
  /** What one unit is made of, where it is a bundle. */
  components?: BundlePart[];
}

/** The products that a document names, as far as they are listed, by SKU. */
export type Listing = ReadonlyMap<string, Listed>;

/** A price as it was rung up. */
export class RungPrice implements UnitPrice {
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

/** What somebody is told who names a product that the price list does not have. */
export function unknownSku(sku: string, kind: 'not-found' | 'unprocessable'): Refusal {
  return new Refusal(
    'unknown-sku',
    `The price list has no product ${sku}.`,
    'List it with PUT /storefront/products/:sku, and send the position of that answer as After-Position.',
    kind,
  );
}
