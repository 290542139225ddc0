import { lineAmountMinor, totalsOf, type DocumentTotals, type TradeLine, type UnitPrice } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { asUnitPrice } from './price';
import { unknownSku, type Product } from './product';

/** A line as somebody asks for it: the catalog has the price where none was agreed. */
export interface AskedLine {
  sku: string;
  quantity: number;
  price?: UnitPrice;
}

/** What kind of document the lines are for. */
export interface Terms {
  currency: string;
  /** -1 when goods come back and money goes out. */
  sign: 1 | -1;
}

/**
 * What a line is worth. Its amount is positive whatever the sign of the document.
 * @throws Refusal `unknown-sku` or `currency-mismatch`
 */
export function tradeLine({ sku, quantity, price }: AskedLine, product: Product, { currency, sign }: Terms): TradeLine {
  if (!product) throw unknownSku(sku, 'unprocessable');
  const unitPrice = asUnitPrice(price ?? product.price);
  if (unitPrice.currency !== currency) throw currencyMismatch(sku, unitPrice.currency, currency);
  // Half up means up also below zero: -2.5 pence are -2, as on a credit note; turning 2.5 around would give -3.
  const amountMinor = sign * lineAmountMinor(unitPrice, sign * quantity) + 0;
  const { kind, components } = product;
  return { sku, quantity, unitPrice, amountMinor, stocked: kind === 'merchandise', ...(components && { components }) };
}

/**
 * The sum of the rounded lines: what the customer pays is what the lines say.
 * @throws Refusal `amount-too-large`
 */
export function addUp(lines: readonly TradeLine[], { currency, sign }: Terms): DocumentTotals {
  const totals = totalsOf(lines, currency, sign);
  if (Number.isSafeInteger(totals.amountMinor)) return totals;
  throw new Refusal('amount-too-large', 'The lines add up to more than can be counted exactly.', 'Split the document.');
}

function currencyMismatch(sku: string, currency: string, expected: string): Refusal {
  return new Refusal(
    'currency-mismatch',
    `${sku} is priced in ${currency}, but the document is in ${expected}.`,
    `Send it in ${currency}, or agree on a price in ${expected}.`,
  );
}
