import type { Delivery, StockLine } from './values';

interface Shipment {
  shipmentId: string;
  orderId: string;
  location: string;
}

/** Stream `shipment:<order id>` of `fulfillment`: one parcel from the location to the customer. */
export interface ShipmentEvents {
  ShipmentCreated: Shipment & Delivery & { lines: StockLine[] };
  /** The parcel left. Inventory takes the goods off the books, payment captures. */
  ShipmentShipped: Shipment & { carrier: string };
  ShipmentDelivered: Shipment;
  /** Stopped before it left. */
  ShipmentCancelled: Shipment;
  /** A cancellation came after the parcel had left. */
  ShipmentCancellationDeclined: Shipment & { reason: 'already-shipped' };
}
