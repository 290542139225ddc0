import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { StockEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** One SKU at one place. The row stays once the SKU has been there: it says that the place carries it. */
@Entity({ schema: 'inventory', name: 'availability' })
export class AvailabilityRow {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  location!: string;

  @Column('bigint', { name: 'on_hand' })
  onHand!: number;

  @Column('bigint')
  reserved!: number;

  /** On hand less reserved; stored, because every order is sourced by it. */
  @Column('bigint')
  available!: number;
}

interface Moved {
  sku: string;
  location: string;
}

/** How many units one event adds to what is on hand and to what is reserved. */
function move({ sku, location }: Moved, by: { onHand?: number; reserved?: number }): RowChange<AvailabilityRow>[] {
  const change = (row: AvailabilityRow | undefined): AvailabilityRow => {
    const onHand = (row?.onHand ?? 0) + (by.onHand ?? 0);
    const reserved = (row?.reserved ?? 0) + (by.reserved ?? 0);
    return { sku, location, onHand, reserved, available: onHand - reserved };
  };
  return [{ key: { sku, location }, change }];
}

export const availabilityView = viewOf<StockEvents>()({
  name: 'availability',
  row: AvailabilityRow,
  sources: ['inventory'],
  on: {
    StockReceived: ({ data }) => move(data, { onHand: data.quantity }),
    StockReserved: ({ data }) => move(data, { reserved: data.quantity }),
    StockReleased: ({ data }) => move(data, { reserved: -data.quantity }),
    StockShipped: ({ data }) => move(data, { onHand: -data.quantity, reserved: -data.quantity }),
    StockSold: ({ data }) => move(data, { onHand: -data.quantity }),
    StockReturned: ({ data }) => move(data, { onHand: data.quantity }),
    StockAdjusted: ({ data }) => move(data, { onHand: data.quantity }),
  },
});

/** Where a SKU is, place by place. */
export class FindAvailability {
  constructor(readonly sku: string) {}
}

export const findAvailability = async ({ sku }: FindAvailability, db: EntityManager): Promise<AvailabilityRow[]> =>
  db.find(AvailabilityRow, { where: { sku }, order: { location: 'ASC' } });
