import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN, lineAmountMinor, MAX_LINES, MAX_QUANTITY, SKU_PATTERN, totalsOf, type TradeLine } from '#libs/contracts';
import { Refusal, to, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { AgreedPrice, CURRENCY_PATTERN, type Listing } from '../catalog/product';
import { shop, unknownShop } from '../shops/shop';
import { supplyOrder } from './supply-order';

/** Units of one product that a shop asks for. */
export class SupplyLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;

  /** What was agreed with the shop; the price list decides when absent. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AgreedPrice)
  unitPrice?: AgreedPrice;
}

/** A corner shop asks for goods. */
export class SubmitSupplyOrder {
  /** Minted. */
  supplyOrderId!: string;

  @Matches(ID_PATTERN)
  shop!: string;

  /** ISO 4217; every line is priced in it. */
  @Matches(CURRENCY_PATTERN)
  currency!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => SupplyLine)
  lines!: SupplyLine[];

  /** When the shop asked, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/**
 * Prices are fixed here, and the goods go to where the shop now is. Refuses a shop that is not registered and lines that cannot be
 * priced; nothing when the order was submitted before.
 */
export const submitSupplyOrder: DecideAcross<SubmitSupplyOrder, Listing> = (command, stateOf, { given: listing }) => {
  const { supplyOrderId, currency } = command;
  if (stateOf(supplyOrder, supplyOrderId)) return [];
  const place = stateOf(shop, command.shop);
  if (!place) throw unknownShop(command.shop, 'unprocessable');
  const lines = command.lines.map((line) => priced(line, currency, listing));
  const totals = totalsOf(lines, currency);
  if (!Number.isSafeInteger(totals.amountMinor)) throw tooLarge();
  const deliverTo = { latitude: place.latitude, longitude: place.longitude };
  const data = { supplyOrderId, shop: command.shop, lines, totals, deliverTo };
  return [to(supplyOrder, supplyOrderId, { type: 'SupplyOrderSubmitted', data })];
};

function priced({ sku, quantity, unitPrice: agreed }: SupplyLine, currency: string, listing: Listing): TradeLine {
  const product = listing.get(sku);
  if (!product) throw unknownSku(sku);
  const { amountMinor, baseQuantity, currency: quoted } = agreed ?? product.price;
  if (quoted !== currency) throw currencyMismatch(sku, quoted, currency);
  const unitPrice = { amountMinor, currency, ...(baseQuantity !== undefined && { baseQuantity }) };
  const line = { sku, quantity, unitPrice, amountMinor: lineAmountMinor(unitPrice, quantity) };
  return { ...line, stocked: product.kind === 'merchandise', ...(product.components && { components: product.components }) };
}

function unknownSku(sku: string): Refusal {
  return new Refusal(
    'unknown-sku',
    `The price list has no product ${sku}.`,
    'List it with PUT /storefront/products/:sku, and send the position of that answer as After-Position.',
  );
}

function currencyMismatch(sku: string, currency: string, expected: string): Refusal {
  return new Refusal(
    'currency-mismatch',
    `${sku} is priced in ${currency}, but the order is in ${expected}.`,
    `Send the line with a unitPrice in ${expected}, or order in ${currency}.`,
  );
}

function tooLarge(): Refusal {
  return new Refusal('amount-too-large', 'The lines add up to more than can be counted exactly.', 'Split the order.');
}
