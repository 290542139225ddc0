import type { Parcel } from './reservation.events';
import type { Delivery, StockLine } from './values';

interface Shipment {
  shipmentId: string;
  orderId: string;
  location: string;
}

/** Stream `shipment:<order id>` of `fulfillment`: the goods of an order, in one parcel or, from several places, in as many. */
export interface ShipmentEvents {
  /** `parcels`: which place packs what, where that is more than one; `location` packs the most. */
  ShipmentCreated: Shipment & Delivery & { lines: StockLine[]; parcels?: Parcel[] };
  /** Other places pack it now; those of `parcels` are all that have not left yet. */
  ShipmentMoved: Shipment & { parcels?: Parcel[] };
  /** The parcel of one of several places left, and others have not yet. Inventory takes its goods off the books. */
  ShipmentParcelShipped: Shipment & { carrier: string; lines: StockLine[] };
  /** The parcel, or the last one, left. Inventory takes the goods off the books, payment captures. */
  ShipmentShipped: Shipment & { carrier: string };
  ShipmentDelivered: Shipment;
  /** Stopped before it left. */
  ShipmentCancelled: Shipment;
  /** A cancellation came after the parcel had left. */
  ShipmentCancellationDeclined: Shipment & { reason: 'already-shipped' };
}
