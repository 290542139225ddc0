import { stockedLines, type Delivery, type Parcel as Goods, type ShipmentEvents, type StockLine } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** The goods that one of several places packs; with a carrier once they have left. */
export type PackedGoods = Goods & { carrier?: string };

/** What is to be packed and where it goes. */
export interface Parcel extends Delivery {
  orderId: string;
  /** Where it is packed, or most of it. */
  location: string;
  /** One line per SKU; none when the order was services alone. */
  lines: StockLine[];
  /** Which place packs what, where that is more than one. */
  parcels?: PackedGoods[];
}

/** A parcel that left. `stopDeclined`: somebody wanted it stopped after that. */
type SentParcel = Parcel & { carrier: string; stopDeclined: boolean };

/** The goods of an order on their way to a customer; undefined until the order is confirmed. */
export type Shipment =
  | undefined
  | (Parcel & { status: 'created' })
  | (Parcel & { status: 'cancelled' })
  | (SentParcel & { status: 'shipped' })
  | (SentParcel & { status: 'delivered' });

export const shipment: Aggregate<Shipment, ShipmentEvents> = {
  category: 'shipment',
  initial: undefined,
  evolve: {
    ShipmentCreated: (_, { shipmentId: _id, ...parcel }) => ({ status: 'created', ...parcel }),
    ShipmentMoved: (state, event) => (state?.status === 'created' ? { ...state, ...moved(state, event) } : state),
    ShipmentParcelShipped: (state, { location, carrier }) =>
      state?.status === 'created' ? { ...state, parcels: sent(goodsOf(state), location, carrier) } : state,
    ShipmentShipped: (state, { carrier }) => state && { ...state, status: 'shipped', carrier, stopDeclined: false },
    ShipmentDelivered: (state) => (state?.status === 'shipped' ? { ...state, status: 'delivered' } : state),
    ShipmentCancelled: (state) => state && { ...state, status: 'cancelled' },
    ShipmentCancellationDeclined: (state) => (hasLeft(state) ? { ...state, stopDeclined: true } : state),
  },
};

/** Which place packs what, or has. */
export function goodsOf({ location, lines, parcels }: Pick<Parcel, 'location' | 'lines' | 'parcels'>): PackedGoods[] {
  return parcels ?? [{ location, lines }];
}

/** What is still to be packed. */
export function toPack(state: Pick<Parcel, 'location' | 'lines' | 'parcels'>): PackedGoods[] {
  return goodsOf(state).filter(({ carrier }) => carrier === undefined);
}

/** Who packs what once what has not left is packed elsewhere. */
export function moved(
  state: Pick<Parcel, 'location' | 'lines' | 'parcels'>,
  { location, parcels }: Pick<ShipmentEvents['ShipmentMoved'], 'location' | 'parcels'>,
): { location: string; parcels?: PackedGoods[] | undefined } {
  const gone = goodsOf(state).filter(({ carrier }) => carrier !== undefined);
  const lines = stockedLines(toPack(state).flatMap((goods) => goods.lines));
  const all = [...gone, ...(parcels ?? [{ location, lines }])];
  return { location, parcels: all.length > 1 ? all : undefined };
}

/** Who packs what once one place has handed its part over. */
export function sent(all: readonly PackedGoods[], location: string, carrier: string): PackedGoods[] {
  return all.map((goods) => (goods.location === location && goods.carrier === undefined ? { ...goods, carrier } : goods));
}

/** Whether the parcel is on its way or there. */
export function hasLeft(state: Shipment): state is Extract<Shipment, { carrier: string }> {
  return state?.status === 'shipped' || state?.status === 'delivered';
}

/** What somebody is told who names a parcel that nobody is to pack. */
export function unknownShipment(id: string): Refusal {
  return new Refusal(
    'unknown-shipment',
    `There is no shipment ${id.slice(0, 80)}.`,
    'A shipment has the id of its order and begins when that is confirmed; Prefer: wait=5 waits for it.',
    'not-found',
  );
}

/** What somebody is told who moves a parcel that was stopped. */
export function shipmentCancelled(id: string): Refusal {
  return new Refusal(
    'shipment-cancelled',
    `Shipment ${id} was cancelled, because its customer called the order off.`,
    'Put the goods back on the shelf; they are free again.',
    'conflict',
  );
}
