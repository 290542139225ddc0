import { Column, Entity, PrimaryColumn } from 'typeorm';
import { parcelsOf, type Parcel, type ReservationEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** How busy a place is. */
@Entity({ schema: 'inventory', name: 'location_load' })
export class LocationLoadRow {
  @PrimaryColumn('text')
  location!: string;

  /** Orders that it holds goods for. */
  @Column('bigint', { name: 'open_orders' })
  openOrders!: number;
}

function orders(parcels: readonly Parcel[], by: 1 | -1): RowChange<LocationLoadRow>[] {
  return parcels.map(({ location }) => ({
    key: { location },
    change: (row) => ({ location, openOrders: (row?.openOrders ?? 0) + by }),
  }));
}

export const locationLoadView = viewOf<ReservationEvents>()({
  name: 'location-load',
  row: LocationLoadRow,
  sources: ['inventory'],
  on: {
    StockReservationMade: ({ data }) => orders(parcelsOf(data), 1),
    StockReservationMoved: ({ data: { from, released, reserved } }) => [
      ...orders([{ location: from, lines: released }], -1),
      ...orders(reserved, 1),
    ],
    StockReservationExpired: ({ data }) => orders(parcelsOf(data), -1),
    StockReservationReleased: ({ data }) => orders(parcelsOf(data), -1),
    StockReservationParcelShipped: ({ data }) => orders([data], -1),
    StockReservationShipped: ({ data }) => orders(parcelsOf(data), -1),
  },
});
