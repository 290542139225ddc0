import type { Delivery, ShipmentEvents, StockLine } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** What is to be packed and where it goes. */
export interface Parcel extends Delivery {
  orderId: string;
  /** Where it is packed. */
  location: string;
  /** One line per SKU; none when the order was services alone. */
  lines: StockLine[];
}

/** A parcel that left. `stopDeclined`: somebody wanted it stopped after that. */
type SentParcel = Parcel & { carrier: string; stopDeclined: boolean };

/** One parcel from a location to a customer; undefined until its order is confirmed. */
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
    ShipmentCreated: (_, { orderId, location, lines, deliverTo, recipient }) => ({
      status: 'created',
      ...{ orderId, location, lines, deliverTo, ...(recipient && { recipient }) },
    }),
    ShipmentShipped: (state, { carrier }) => state && { ...state, status: 'shipped', carrier, stopDeclined: false },
    ShipmentDelivered: (state) => (state?.status === 'shipped' ? { ...state, status: 'delivered' } : state),
    ShipmentCancelled: (state) => state && { ...state, status: 'cancelled' },
    ShipmentCancellationDeclined: (state) => (hasLeft(state) ? { ...state, stopDeclined: true } : state),
  },
};

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
