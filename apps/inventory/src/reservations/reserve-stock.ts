import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsLatitude,
  IsLongitude,
  IsNumber,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { CHANNELS, ID_PATTERN, MAX_QUANTITY, SKU_PATTERN, type Channel, type GeoPoint } from '#libs/contracts';
import { to, type DecideAcross, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { location, unknownLocation } from '../locations/location';
import { stockAt } from '../stock/stock';
import { chosen } from './chosen';
import { MAX_TTL_SECONDS, secondsAfter } from './direct-reservation';
import { hold } from './hold';
import { outOfStock, type Choice } from './out-of-stock';
import { reservation } from './reservation';

const MAX_RESERVED_LINES = 200;

/** Units of one SKU, or of a bundle of SKUs. */
export class ReservedLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
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

/** Holds goods for a while before there is an order: for a cart, a quotation, somebody at the counter. */
export class ReserveStock {
  /** Minted. */
  reservationId!: string;

  /** Lines that repeat a SKU are added up; a bundle is what it is made of. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_RESERVED_LINES)
  @ValidateNested({ each: true })
  @Type(() => ReservedLine)
  lines!: ReservedLine[];

  /** The place that shall hold the goods; either this or `deliverTo`. */
  @IsOptional()
  @Matches(ID_PATTERN)
  location?: string;

  /** Where the goods shall go: the nearest place that has all of them holds them. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Destination)
  deliverTo?: Destination;

  /** Whose promise it is; `storefront` when absent. */
  @IsOptional()
  @IsIn(CHANNELS)
  channel?: Channel;

  /** How long, from now; then the goods are free again unless the reservation was extended or committed. */
  @IsInt()
  @Min(1)
  @Max(MAX_TTL_SECONDS)
  ttlSeconds!: number;
}

/**
 * The first candidate that can promise every line to the channel holds all of them until the time is up. Refuses a place that is
 * not registered, and more than there is (`out-of-stock`, with what is available and where else).
 */
export const reserveStock: DecideAcross<ReserveStock, Choice> = (command, stateOf, { now, given }) => {
  const { reservationId, channel = 'storefront', ttlSeconds } = command;
  if (stateOf(reservation, reservationId).status !== 'undecided') return [];
  if (command.location !== undefined && !stateOf(location, command.location))
    throw unknownLocation(command.location, 'unprocessable');
  const asked = { orderId: reservationId, demand: 'direct' as const, lines: given.lines, channel };
  const found = chosen(asked, given, stateOf);
  if (!found) throw outOfStock(asked, given, stateOf);
  const expiresAt = secondsAfter(now, ttlSeconds);
  return [
    ...hold(asked, found, stateOf),
    to(reservation, reservationId, { type: 'StockReservationExpirySet', data: { reservationId, expiresAt } }),
  ];
};

/** The reservation, the place that is named, and the stocks of every candidate. */
export function choiceStreams({ reservationId, location: named }: ReserveStock, { lines, candidates }: Choice): StreamRef[] {
  return [
    { aggregate: reservation, id: reservationId },
    ...(named === undefined ? [] : [{ aggregate: location, id: named }]),
    ...candidates.flatMap((candidate) => stockAt(candidate.location, lines)),
  ];
}
