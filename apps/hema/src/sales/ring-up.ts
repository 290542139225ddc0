import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import {
  lineAmountMinor,
  MAX_QUANTITY,
  SKU_PATTERN,
  totalsOf,
  type DocumentTotals,
  type TradeLine,
  type UnitPrice,
} from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { RungPrice, unknownSku, type Listing } from '../catalog/product';

/** One line as it was scanned. */
export class ScannedLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;

  /** What was rung up; the price list decides when absent. */
  @IsOptional()
  @ValidateNested()
  @Type(() => RungPrice)
  unitPrice?: RungPrice;
}

/** What prices the lines of a document. */
export interface Till {
  listing: Listing;
  /** The currency of the shift. */
  currency: string;
  /** -1 when goods come back and money goes out. */
  sign: 1 | -1;
  /** The price where none was rung up and it is not for the list to say, as for goods that come back from a known sale. */
  priceOf?: (sku: string) => UnitPrice | undefined;
}

/**
 * Prices what was scanned: lines and their total, the amounts of lines always positive.
 * @throws Refusal `unknown-sku`, `currency-mismatch` or `amount-too-large`
 */
export function ringUp(scanned: readonly ScannedLine[], till: Till): { lines: TradeLine[]; totals: DocumentTotals } {
  const lines = scanned.map((line) => ringUpLine(line, till));
  const totals = totalsOf(lines, till.currency, till.sign);
  if (!Number.isSafeInteger(totals.amountMinor)) throw tooLarge();
  return { lines, totals };
}

function ringUpLine({ sku, quantity, unitPrice: rung }: ScannedLine, till: Till): TradeLine {
  const product = till.listing.get(sku);
  if (!product) throw unknownSku(sku, 'unprocessable');
  const unitPrice = rung ? plain(rung) : (till.priceOf?.(sku) ?? product.price);
  if (unitPrice.currency !== till.currency) throw currencyMismatch(sku, unitPrice.currency, till.currency);
  // Half up means up also below zero: -2.5 pence are -2, as on a credit note; turning 2.5 around would give -3.
  const amountMinor = till.sign * lineAmountMinor(unitPrice, till.sign * quantity) + 0;
  const { kind, components } = product;
  return { sku, quantity, unitPrice, amountMinor, stocked: kind === 'merchandise', ...(components && { components }) };
}

/** Without the class that validated it, and without what was left out. */
function plain({ amountMinor, currency, baseQuantity }: UnitPrice): UnitPrice {
  return baseQuantity === undefined ? { amountMinor, currency } : { amountMinor, currency, baseQuantity };
}

function currencyMismatch(sku: string, currency: string, expected: string): Refusal {
  return new Refusal(
    'currency-mismatch',
    `${sku} is priced in ${currency}, but the shift is in ${expected}.`,
    `Ring it up with a unitPrice in ${expected}, or open a shift in ${currency}.`,
  );
}

function tooLarge(): Refusal {
  return new Refusal('amount-too-large', 'The lines add up to more than can be counted exactly.', 'Split the document.');
}
