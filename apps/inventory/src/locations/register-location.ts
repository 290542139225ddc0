import { IsIn, IsLatitude, IsLongitude, IsNumber, IsString, Length } from 'class-validator';
import { ID_PATTERN, type LocationEvents, type LocationKind } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import type { Location } from './location';

const KINDS: readonly LocationKind[] = ['warehouse', 'store', 'corner-shop', 'locker'];

/** Adds a place to the network, or says how it has changed. */
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
}

/** The facts as they now are; nothing when they are so already. */
export const registerLocation: Decide<RegisterLocation, Location, LocationEvents> = (command, known) => {
  const { location, name, kind, latitude, longitude } = command;
  if (!ID_PATTERN.test(location)) throw badId(location);
  const facts = { location, name, kind, latitude, longitude };
  if (!known) return [{ type: 'LocationRegistered', data: facts }];
  return isSame(known, facts) ? [] : [{ type: 'LocationChanged', data: facts }];
};

function isSame(known: NonNullable<Location>, facts: NonNullable<Location>): boolean {
  return (
    known.name === facts.name &&
    known.kind === facts.kind &&
    known.latitude === facts.latitude &&
    known.longitude === facts.longitude
  );
}

function badId(id: string): Refusal {
  return new Refusal(
    'invalid-location-id',
    `"${id.slice(0, 80)}" cannot be the id of a location.`,
    'Use up to 64 letters, digits, dots, underscores and hyphens, beginning with a letter or digit.',
  );
}
