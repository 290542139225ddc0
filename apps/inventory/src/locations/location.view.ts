import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { LocationEvents, LocationKind } from '#libs/contracts';
import { viewOf } from '#libs/eventsourcing/vocabulary';

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
}

const row = ({ location, ...facts }: LocationEvents['LocationRegistered']) => ({
  key: { id: location },
  change: (): LocationRow => ({ id: location, ...facts }),
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

/** The places after `after` in order of their ids, at most `limit`. */
export class ListLocations {
  constructor(
    readonly after: string,
    readonly limit: number,
  ) {}
}

export const listLocations = async ({ after, limit }: ListLocations, db: EntityManager): Promise<LocationRow[]> =>
  db
    .createQueryBuilder(LocationRow, 'location')
    .where('location.id > :after', { after })
    .orderBy('location.id')
    .limit(limit)
    .getMany();
