import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { GeoPoint, Recipient, Sealed, ShipmentEvents, StockLine } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import { goodsOf, moved, sent, type PackedGoods, type Shipment } from './shipment';

/** One parcel, as the picker sees it. */
@Entity({ schema: 'fulfillment', name: 'shipment' })
export class ShipmentRow {
  /** The id of its order. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  status!: NonNullable<Shipment>['status'];

  /** Where it is packed, or most of it. */
  @Column('text')
  location!: string;

  /** Which place packs what, where that is more than one. */
  @Column('jsonb', { nullable: true })
  parcels!: PackedGoods[] | null;

  @Column('jsonb')
  lines!: StockLine[];

  @Column('text', { name: 'deliver_to' })
  deliverTo!: Sealed<GeoPoint>;

  @Column('text', { nullable: true })
  recipient!: Sealed<Recipient> | null;

  @Column('text', { nullable: true })
  carrier!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: string;
}

interface Created {
  data: ShipmentEvents['ShipmentCreated'];
  happenedAt: string;
}

function created({ data, happenedAt: createdAt }: Created): RowChange<ShipmentRow>[] {
  const { shipmentId: id, location, lines, parcels = null, deliverTo, recipient = null } = data;
  const parcel = { location, lines, parcels, deliverTo, recipient, carrier: null, createdAt };
  return [{ key: { id }, change: () => ({ id, status: 'created', ...parcel }) }];
}

function became(
  id: string,
  facts: Partial<ShipmentRow> | ((row: ShipmentRow) => Partial<ShipmentRow>),
): RowChange<ShipmentRow>[] {
  const change = (row: ShipmentRow | undefined): ShipmentRow => {
    // A stream is read from its beginning, in order: what moves was created before.
    if (!row) throw new Error(`Shipment ${id} moves, but was never created.`);
    return { ...row, ...(typeof facts === 'function' ? facts(row) : facts) };
  };
  return [{ key: { id }, change }];
}

const goods = ({ location, lines, parcels }: ShipmentRow) => ({ location, lines, ...(parcels && { parcels }) });

export const shipmentView = viewOf<ShipmentEvents>()({
  name: 'shipments',
  row: ShipmentRow,
  sources: ['fulfillment'],
  on: {
    ShipmentCreated: created,
    ShipmentMoved: ({ data }) =>
      became(data.shipmentId, (row) => {
        const { location, parcels = null } = moved(goods(row), data);
        return { location, parcels };
      }),
    ShipmentParcelShipped: ({ data: { shipmentId, location, carrier } }) =>
      became(shipmentId, (row) => ({ parcels: sent(goodsOf(goods(row)), location, carrier) })),
    ShipmentShipped: ({ data: { shipmentId, carrier } }) => became(shipmentId, { status: 'shipped', carrier }),
    ShipmentDelivered: ({ data: { shipmentId } }) => became(shipmentId, { status: 'delivered' }),
    ShipmentCancelled: ({ data: { shipmentId } }) => became(shipmentId, { status: 'cancelled' }),
  },
});

/** The parcels after a place in the list, the one that waits longest first, at most `limit`. */
export class ListShipments {
  constructor(
    readonly filter: { status?: string; location?: string },
    readonly limit: number,
    /** The last parcel of the page before. */
    readonly after?: { at: string; id: string },
  ) {}
}

export const listShipments = async ({ filter, limit, after }: ListShipments, db: EntityManager): Promise<ShipmentRow[]> => {
  const list = db.createQueryBuilder(ShipmentRow, 'shipment').where('true').limit(limit);
  if (filter.status !== undefined) list.andWhere('shipment.status = :status', filter);
  if (filter.location !== undefined) {
    const parcel = JSON.stringify([{ location: filter.location }]);
    list.andWhere('(shipment.location = :location OR shipment.parcels @> :parcel::jsonb)', { ...filter, parcel });
  }
  if (after) list.andWhere('(shipment.createdAt, shipment.id) > (:at, :id)', after);
  const rows = await list.orderBy('shipment.createdAt').addOrderBy('shipment.id').getMany();
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt).toISOString() }));
};
