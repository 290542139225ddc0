import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsLatitude,
  IsLongitude,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_LINES, MAX_QUANTITY, SKU_PATTERN, type GeoPoint } from '#libs/contracts';
import { to, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { CURRENCY_PATTERN, Price } from '../catalog/price';
import { addUp, tradeLine } from '../catalog/pricing';
import { product } from '../catalog/product';
import { order } from './order';

/** What a sandbox payment is approved for. */
const DEFAULT_TOKEN = 'sandbox-approve';

export class OrderLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;

  /** A price that was agreed with this customer; the catalog decides when absent. Needs the scope `prices:agree`. */
  @IsOptional()
  @ValidateNested()
  @Type(() => Price)
  agreedPrice?: Price;
}

/** WGS 84 degrees. */
export class Destination implements GeoPoint {
  @IsNumber()
  @IsLatitude()
  latitude!: number;

  @IsNumber()
  @IsLongitude()
  longitude!: number;
}

/** A customer orders online. */
export class PlaceOrder {
  /** Minted. */
  orderId!: string;

  @IsString()
  @Length(1, 64)
  customer!: string;

  /** ISO 4217; every line is priced in it. */
  @Matches(CURRENCY_PATTERN)
  currency!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => OrderLine)
  lines!: OrderLine[];

  /** Where the goods shall go: the nearest place that has all of them sends them. */
  @IsObject()
  @ValidateNested()
  @Type(() => Destination)
  deliverTo!: Destination;

  /** What the payment provider is handed, never card data. `sandbox-approve` when absent; `sandbox-decline` is declined. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  paymentToken?: string;

  /** When it was ordered, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/**
 * Fixes the prices as they are at this moment. Refuses an `unknown-sku`, a `currency-mismatch` and an `amount-too-large`; whether
 * there is stock and money comes out later.
 */
export const placeOrder: DecideAcross<PlaceOrder> = (command, stateOf, { now: placedAt }) => {
  const { orderId, customer, paymentToken = DEFAULT_TOKEN } = command;
  if (stateOf(order, orderId)) return [];
  const terms = { currency: command.currency, sign: 1 as const };
  const lines = command.lines.map(({ sku, quantity, agreedPrice }) =>
    tradeLine({ sku, quantity, ...(agreedPrice && { price: agreedPrice }) }, stateOf(product, sku), terms),
  );
  const { latitude, longitude } = command.deliverTo;
  const purchase = { lines, totals: addUp(lines, terms), deliverTo: { latitude, longitude }, paymentToken, placedAt };
  return [to(order, orderId, { type: 'OrderPlaced', data: { orderId, customer, ...purchase } })];
};
