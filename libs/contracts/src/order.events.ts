import type { GradedLine } from './return-grades';
import type { Parcel } from './reservation.events';
import type { Sealed } from './sealed';
import type { Delivery, DeliveryService, DocumentTotals, TradeLine } from './values';

interface Order {
  orderId: string;
  customer: string;
}

/** Where the goods of an order are held: at `location`, or most of them there. */
interface Held {
  location: string;
  /** Which place holds what, where that is more than one. */
  parcels?: Parcel[];
}

export type OrderRejectionReason = 'out-of-stock' | 'payment-declined';

/** Stream `order:<id>` of `storefront`: an online order from the click to the door. */
export interface OrderEvents {
  /** A customer ordered; prices are fixed here. Inventory allocates next. */
  OrderPlaced: Order &
    Delivery & {
      lines: TradeLine[];
      totals: DocumentTotals;
      /** What the payment provider is handed, never card data; holds a text. Absent: the provider decides by itself. */
      paymentToken?: Sealed<string>;
      /** What was reserved before there was an order: inventory lets the order take it over. */
      reservationId?: string;
      /** Absent: as a parcel. */
      service?: DeliveryService;
      /** When the customer ordered: UTC, ISO 8601. */
      placedAt: string;
    };
  /** Inventory holds every line. Payment authorizes next. */
  OrderAllocated: Order & Held & { totals: DocumentTotals; paymentToken?: Sealed<string> };
  /** Inventory holds the lines elsewhere now, because a place could not give them. Fulfillment packs there. */
  OrderRelocated: Order & Held;
  /** Stock is held and money is authorized: the promise to the customer. Fulfillment creates the shipment next. */
  OrderConfirmed: Order &
    Held &
    Delivery & {
      lines: TradeLine[];
      totals: DocumentTotals;
      paymentId: string;
    };
  /** The order ended without a sale. Inventory releases what it may hold. */
  OrderRejected: Order & { reason: OrderRejectionReason; detail: string };
  /** A confirmed order shall be stopped; fulfillment decides whether it still can be. */
  OrderCancellationRequested: Order & { reason: string };
  /** The goods had already left, so the order goes on. */
  OrderCancellationDeclined: Order & { reason: string };
  /** The order is off. Stock is released and money voided; `wasConfirmed` says whether a sale has to be taken back. */
  OrderCancelled: Order & { reason: string; wasConfirmed: boolean; totals: DocumentTotals };
  /** The parcel left. */
  OrderShipped: Order & { shipmentId: string };
  /** The money was captured. */
  OrderPaid: Order & { paymentId: string; amountMinor: number; currency: string };
  /** The parcel arrived. */
  OrderDelivered: Order & { shipmentId: string };
  /** Lines of this order came back with return `returnId`. */
  OrderLinesReturned: Order & { returnId: string; lines: TradeLine[]; totals: DocumentTotals };
}

/** Stream `return:<id>` of `storefront`: goods taken back from an online customer. */
export interface ReturnEvents {
  /**
   * A return was accepted; `orderId` is absent when the customer names no order. Quantities in `lines` are positive,
   * `totals` is below zero. Inventory puts the goods back at `location`, payment refunds.
   */
  ReturnAccepted: {
    returnId: string;
    orderId?: string;
    customer: string;
    location: string;
    lines: TradeLine[];
    totals: DocumentTotals;
    reason: string;
    /** Which of the goods are not fit for the shelf; bundles are taken apart. */
    grades?: GradedLine[];
  };
}
