import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { Capability, GeoPoint, LocationEvents, LocationKind, LocationProfile } from '#libs/contracts';
import { viewOf } from '#libs/eventsourcing/vocabulary';
import { factsOf } from './location';

/** One place of the network. */
@Entity({ schema: 'inventory', name: 'location' })
export class LocationRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: LocationKind;

  @Column('double precision')
  latitude!: number;

  @Column('double precision')
  longitude!: number;

  @Column('jsonb')
  capabilities!: Capability[];

  /** What else is known of it. */
  @Column('jsonb')
  profile!: Omit<LocationProfile, 'capabilities'>;
}

const row = ({ location: id, ...event }: LocationEvents['LocationRegistered']) => ({
  key: { id },
  change: (): LocationRow => {
    const { name, kind, latitude, longitude, capabilities, ...profile } = factsOf({ location: id, ...event });
    return { id, name, kind, latitude, longitude, capabilities, profile };
  },
});

export const locationView = viewOf<LocationEvents>()({
  name: 'locations',
  row: LocationRow,
  sources: ['inventory'],
  on: {
    LocationRegistered: ({ data }) => [row(data)],
    LocationChanged: ({ data }) => [row(data)],
  },
});

/** Which places are asked for; what is absent does not matter. */
export interface LocationFilter {
  kind?: LocationKind;
  capability?: Capability;
  /** No farther than so many kilometers from a point, along the great circle. */
  within?: { km: number; of: GeoPoint };
}

/** The places after `after` in order of their ids, at most `limit`. */
export class ListLocations {
  constructor(
    readonly filter: LocationFilter,
    readonly after: string,
    readonly limit: number,
  ) {}
}

/** The haversine formula, as in `great-circle.ts`. */
const DISTANCE_KM = `2 * 6371.0088 * asin(sqrt(least(1,
  sin(radians(location.latitude - :latitude) / 2) ^ 2
  + cos(radians(location.latitude)) * cos(radians(:latitude)) * sin(radians(location.longitude - :longitude) / 2) ^ 2)))`;

export const listLocations = async ({ filter, after, limit }: ListLocations, db: EntityManager): Promise<LocationRow[]> => {
  const { kind, capability, within } = filter;
  const query = db.createQueryBuilder(LocationRow, 'location').where('location.id > :after', { after });
  if (kind) query.andWhere('location.kind = :kind', { kind });
  if (capability) query.andWhere('location.capabilities @> :can::jsonb', { can: JSON.stringify([capability]) });
  if (within) query.andWhere(`${DISTANCE_KM} <= :km`, { km: within.km, ...within.of });
  return query.orderBy('location.id').limit(limit).getMany();
};
