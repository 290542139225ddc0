import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsLatitude,
  IsLongitude,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN, type Capability, type LocationEvents, type LocationKind } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { factsOf, CAPABILITIES_OF, type Location } from './location';
import { isTimeZone, weeklyHours } from './opening-hours';
import { OpeningTimes } from './opening-times';
import { serviceArea } from './service-area';

export const KINDS: readonly LocationKind[] = ['warehouse', 'store', 'corner-shop', 'locker'];
export const CAPABILITIES: readonly Capability[] = ['ships', 'pickup', 'thirty-minute', 'chilled'];

/** Half way round the Earth is everywhere. */
const MAX_RADIUS_METERS = 20_100_000;
const MAX_POSITIONS = 500;
const MAX_DAILY_ORDERS = 10_000_000;

/** Adds a place to the network, or says all of it anew. */
export class RegisterLocation {
  /** From the path, or the id of the corner shop that the place is. */
  location!: string;

  @IsString()
  @Length(1, 200)
  name!: string;

  @IsIn(KINDS)
  kind!: LocationKind;

  /** WGS 84 degrees. */
  @IsNumber()
  @IsLatitude()
  latitude!: number;

  /** WGS 84 degrees. */
  @IsNumber()
  @IsLongitude()
  longitude!: number;

  /** Absent: what a place of its kind can do. */
  @IsOptional()
  @IsIn(CAPABILITIES, { each: true })
  @IsArray()
  @ArrayUnique()
  capabilities?: Capability[];

  /** IANA name. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  timeZone?: string;

  /** Local times, hence with `timeZone`. Absent: always open. */
  @IsOptional()
  @ValidateNested()
  @Type(() => OpeningTimes)
  openingHours?: OpeningTimes;

  /** How far it delivers. Without this and `serviceArea` it delivers everywhere. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_RADIUS_METERS)
  serviceRadiusMeters?: number;

  /** Where it delivers: a closed GeoJSON ring of `[longitude, latitude]`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_POSITIONS)
  @IsArray({ each: true })
  serviceArea?: number[][];

  /** How many orders a day it can handle. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_DAILY_ORDERS)
  dailyOrders?: number;
}

/** The facts as they now are; nothing when they are so already. Refuses hours, zones and areas that are none. */
export const registerLocation: Decide<RegisterLocation, Location, LocationEvents> = (command, known) => {
  if (!ID_PATTERN.test(command.location)) throw badId(command.location);
  return said(known, checkedFacts(command));
};

/** The event that these facts are: the first of a place, or that it changed, or none. */
export function said(known: Location, facts: LocationEvents['LocationRegistered']): ReturnType<typeof registerLocation> {
  if (!known) return [{ type: 'LocationRegistered', data: facts }];
  // Facts are made in one order of fields, so that the same facts read the same.
  const isSame = JSON.stringify(inOrder(known)) === JSON.stringify(inOrder(factsOf(facts)));
  return isSame ? [] : [{ type: 'LocationChanged', data: facts }];
}

function inOrder(facts: object): object {
  return Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function checkedFacts(command: RegisterLocation): LocationEvents['LocationRegistered'] {
  const { location, name, kind, latitude, longitude, timeZone, openingHours, serviceRadiusMeters, dailyOrders } = command;
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw unknownTimeZone(timeZone);
  if (openingHours && timeZone === undefined) throw noTimeZone();
  if (command.serviceArea && serviceRadiusMeters !== undefined) throw twoServiceAreas();
  return {
    ...{ location, name, kind, latitude, longitude },
    capabilities: CAPABILITIES.filter((can) => (command.capabilities ?? CAPABILITIES_OF[kind]).includes(can)),
    ...(timeZone !== undefined && { timeZone }),
    ...(openingHours && { openingHours: weeklyHours(openingHours) }),
    ...(serviceRadiusMeters !== undefined && { serviceRadiusMeters }),
    ...(command.serviceArea && { serviceArea: serviceArea(command.serviceArea) }),
    ...(dailyOrders !== undefined && { dailyOrders }),
  };
}

function badId(id: string): Refusal {
  return new Refusal(
    'invalid-location-id',
    `"${id.slice(0, 80)}" cannot be the id of a location.`,
    'Use up to 64 letters, digits, dots, underscores and hyphens, beginning with a letter or digit.',
  );
}

function unknownTimeZone(name: string): Refusal {
  return new Refusal('unknown-time-zone', `There is no time zone ${name}.`, 'Name one of the IANA database: Asia/Shanghai.');
}

function noTimeZone(): Refusal {
  return new Refusal(
    'time-zone-required',
    'Opening hours without a time zone say nothing.',
    'Send timeZone with them: the zone in which the place stands, like Asia/Shanghai.',
  );
}

function twoServiceAreas(): Refusal {
  return new Refusal(
    'two-service-areas',
    'It has both a serviceRadiusMeters and a serviceArea.',
    'Send the one that is meant: a radius around the place, or a ring.',
  );
}
