import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
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
import {
  DELIVERY_SERVICES,
  ID_PATTERN,
  MAX_LINES,
  MAX_QUANTITY,
  SKU_PATTERN,
  type Delivery,
  type DeliveryService,
  type GeoPoint,
  type Recipient,
  type Sealed,
} from '#libs/contracts';
import { to, type DecideAcross } from '#libs/eventsourcing/vocabulary';
import { CURRENCY_PATTERN, Price } from '../catalog/price';
import { addUp, tradeLine } from '../catalog/pricing';
import { product } from '../catalog/product';
import { order } from './order';

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

/** Who takes the goods at the door. */
export class Addressee implements Recipient {
  @IsOptional()
  @IsString()
  @Length(1, 200)
  name?: string;

  @IsOptional()
  @IsString()
  @Length(1, 50)
  phone?: string;

  /** As it is written on a parcel. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  address?: string;
}

/** A customer orders online. */
export class PlaceOrder {
  /** Minted. */
  orderId!: string;

  /** An id that stands for the customer, and not their name or number: it stays readable when they are erased. */
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

  /** Kept sealed, like `deliverTo`, and gone when the customer is erased. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Addressee)
  recipient?: Addressee;

  /** What the payment provider is handed, never card data; kept sealed. The sandbox declines `sandbox-decline` and nothing else. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  paymentToken?: string;

  /** What `POST /inventory/reservations` answered for these goods: the order takes it over, or is allocated like any other. */
  @IsOptional()
  @Matches(ID_PATTERN)
  reservationId?: string;

  /** `thirty-minute`: by rider from a place that is open and near; `pickup`: fetched there. Absent: as a parcel. */
  @IsOptional()
  @IsIn(DELIVERY_SERVICES)
  service?: DeliveryService;

  /** What is personal of the above, sealed at the edge: the rule never sees it in another form. */
  sealed!: Delivery & { paymentToken?: Sealed<string> };

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
  const { orderId, customer, sealed, reservationId } = command;
  if (stateOf(order, orderId)) return [];
  const terms = { currency: command.currency, sign: 1 as const };
  const lines = command.lines.map(({ sku, quantity, agreedPrice }) =>
    tradeLine({ sku, quantity, ...(agreedPrice && { price: agreedPrice }) }, stateOf(product, sku), terms),
  );
  const wishes = { ...(reservationId !== undefined && { reservationId }), ...(command.service && { service: command.service }) };
  const purchase = { lines, totals: addUp(lines, terms), ...sealed, ...wishes, placedAt };
  return [to(order, orderId, { type: 'OrderPlaced', data: { orderId, customer, ...purchase } })];
};
