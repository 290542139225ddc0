import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { LocationEvents, LocationKind } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** One place of the network. */
@Entity({ schema: 'unified_view', name: 'location' })
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

function row({ location: id, ...facts }: LocationEvents['LocationRegistered']): RowChange<LocationRow>[] {
  return [{ key: { id }, change: () => ({ id, ...facts }) }];
}

export const locationView = viewOf<LocationEvents>()({
  name: 'locations',
  row: LocationRow,
  sources: ['inventory'],
  on: {
    LocationRegistered: ({ data }) => row(data),
    LocationChanged: ({ data }) => row(data),
  },
});

/** A place and the units that are there. */
export interface StockedPlace extends LocationRow {
  onHand: number;
}

/** Every place with what is on hand there. */
export class ListPlaces {}

const PLACES = `
  SELECT place.id, place.name, place.kind, place.latitude, place.longitude,
         coalesce(sum(stock.on_hand), 0)::bigint AS "onHand"
  FROM unified_view.location place LEFT JOIN unified_view.stock stock ON stock.location = place.id
  GROUP BY place.id ORDER BY place.id`;

export const listPlaces = async (_query: ListPlaces, db: EntityManager): Promise<StockedPlace[]> =>
  db.query<StockedPlace[]>(PLACES);
