import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReservationEvents } from '#libs/contracts';
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

function orders({ location }: { location: string }, by: 1 | -1): RowChange<LocationLoadRow>[] {
  return [{ key: { location }, change: (row) => ({ location, openOrders: (row?.openOrders ?? 0) + by }) }];
}

export const locationLoadView = viewOf<ReservationEvents>()({
  name: 'location-load',
  row: LocationLoadRow,
  sources: ['inventory'],
  on: {
    StockReservationMade: ({ data }) => orders(data, 1),
    StockReservationExpired: ({ data }) => orders(data, -1),
    StockReservationReleased: ({ data }) => orders(data, -1),
    StockReservationShipped: ({ data }) => orders(data, -1),
  },
});
