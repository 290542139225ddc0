import type { CustomerEvents } from './customer.events';
import type { DemandEvents } from './demand.events';
import type { LocationEvents } from './location.events';
import type { OrderEvents, ReturnEvents } from './order.events';
import type { LedgerEvents, PaymentEvents, RefundEvents } from './payment.events';
import type { ProductEvents } from './product.events';
import type { StockCountEvents, StockDiscrepancyEvents } from './count.events';
import type { PromisePolicyEvents, StockPromiseEvents } from './promise.events';
import type { PurchaseOrderEvents } from './purchase.events';
import type { QuarantineEvents } from './quarantine.events';
import type { ReservationEvents } from './reservation.events';
import type { ShipmentEvents } from './shipment.events';
import type { SourcingRuleEvents } from './sourcing.events';
import type { StockDocumentEvents, StockEvents } from './stock.events';
import type { ShopEvents, SupplyOrderEvents } from './supply.events';
import type { ShiftEvents } from './till.events';
import type { TransferEvents } from './transfer.events';

type StorefrontEvents = CustomerEvents & OrderEvents & ProductEvents & ReturnEvents;
type CountEvents = StockCountEvents & StockDiscrepancyEvents;
type PromiseEvents = PromisePolicyEvents & StockPromiseEvents;
type InventoryEvents = CountEvents &
  DemandEvents &
  LocationEvents &
  PromiseEvents &
  PurchaseOrderEvents &
  QuarantineEvents &
  ReservationEvents &
  SourcingRuleEvents &
  StockDocumentEvents &
  StockEvents &
  TransferEvents;
type LingshoutongEvents = ShopEvents & SupplyOrderEvents;
type MoneyEvents = LedgerEvents & PaymentEvents & RefundEvents;

/** Every event of the business: its type, and the shape that it is written in today. */
export type RetailEvents = StorefrontEvents & InventoryEvents & LingshoutongEvents & MoneyEvents & ShiftEvents & ShipmentEvents;
export type EventType = keyof RetailEvents;

/** Brings data of one schema version to the next: pure, and kept as long as there are logs. */
type Upcaster = (data: never) => object;

/** Nothing about it has ever changed but for fields that were added as optional. */
const UNCHANGED: readonly Upcaster[] = [];

/**
 * The register of event types, with the steps from version 1 to 2, from 2 to 3, and so on. The version in which a type is
 * written is one more than it has steps. Every version has an event in `test/contracts/golden` that must stay readable.
 */
export const EVENT_TYPES: Readonly<Record<EventType, readonly Upcaster[]>> = {
  // storefront
  CustomerErasureRequested: UNCHANGED,
  CustomerErased: UNCHANGED,
  OrderPlaced: UNCHANGED,
  OrderAllocated: UNCHANGED,
  OrderRelocated: UNCHANGED,
  OrderConfirmed: UNCHANGED,
  OrderRejected: UNCHANGED,
  OrderCancellationRequested: UNCHANGED,
  OrderCancellationDeclined: UNCHANGED,
  OrderCancelled: UNCHANGED,
  OrderShipped: UNCHANGED,
  OrderPaid: UNCHANGED,
  OrderDelivered: UNCHANGED,
  OrderLinesReturned: UNCHANGED,
  ProductListed: UNCHANGED,
  ProductChanged: UNCHANGED,
  ReturnAccepted: UNCHANGED,
  // hema
  ShiftOpened: UNCHANGED,
  SaleRecorded: UNCHANGED,
  SaleReturnRecorded: UNCHANGED,
  ShiftClosed: UNCHANGED,
  // lingshoutong
  ShopRegistered: UNCHANGED,
  ShopChanged: UNCHANGED,
  SupplyOrderSubmitted: UNCHANGED,
  SupplyOrderAccepted: UNCHANGED,
  SupplyOrderRelocated: UNCHANGED,
  SupplyOrderRejected: UNCHANGED,
  SupplyOrderShipped: UNCHANGED,
  SupplyOrderReceived: UNCHANGED,
  // inventory
  DailyDemandRecorded: UNCHANGED,
  LocationRegistered: UNCHANGED,
  LocationChanged: UNCHANGED,
  GoodsReceived: UNCHANGED,
  StockAdjustmentRecorded: UNCHANGED,
  StockCountRecorded: UNCHANGED,
  StockDiscrepancyFound: UNCHANGED,
  StockDiscrepancyResolved: UNCHANGED,
  PromisePolicySet: UNCHANGED,
  PromisePolicyWithdrawn: UNCHANGED,
  StockPromisePolicySet: UNCHANGED,
  StockPromisePolicyWithdrawn: UNCHANGED,
  SourcingRuleSet: UNCHANGED,
  PurchaseOrderPlaced: UNCHANGED,
  PurchaseOrderChanged: UNCHANGED,
  PurchaseOrderReceived: UNCHANGED,
  PurchaseOrderClosed: UNCHANGED,
  StockReservationMade: UNCHANGED,
  StockReservationRefused: UNCHANGED,
  StockReservationMoved: UNCHANGED,
  StockReservationExpirySet: UNCHANGED,
  StockReservationCommitted: UNCHANGED,
  StockReservationExpired: UNCHANGED,
  StockReservationReleased: UNCHANGED,
  StockReservationParcelShipped: UNCHANGED,
  StockReservationShipped: UNCHANGED,
  StockReceived: UNCHANGED,
  StockReserved: UNCHANGED,
  StockReleased: UNCHANGED,
  StockShipped: UNCHANGED,
  StockSold: UNCHANGED,
  StockReturned: UNCHANGED,
  StockAdjusted: UNCHANGED,
  StockTransferSent: UNCHANGED,
  StockTransferAnnounced: UNCHANGED,
  StockTransferReceived: UNCHANGED,
  StockTransferLost: UNCHANGED,
  StockQuarantined: UNCHANGED,
  StockQuarantineReleased: UNCHANGED,
  StockScrapped: UNCHANGED,
  QuarantineOpened: UNCHANGED,
  QuarantineReleased: UNCHANGED,
  QuarantineScrapped: UNCHANGED,
  TransferPlanned: UNCHANGED,
  TransferDispatched: UNCHANGED,
  TransferReceived: UNCHANGED,
  TransferCancelled: UNCHANGED,
  // payment
  LedgerAdjusted: UNCHANGED,
  PaymentAuthorized: UNCHANGED,
  PaymentDeclined: UNCHANGED,
  PaymentCaptured: UNCHANGED,
  PaymentVoided: UNCHANGED,
  PaymentRefunded: UNCHANGED,
  RefundIssued: UNCHANGED,
  // fulfillment
  ShipmentCreated: UNCHANGED,
  ShipmentMoved: UNCHANGED,
  ShipmentParcelShipped: UNCHANGED,
  ShipmentShipped: UNCHANGED,
  ShipmentDelivered: UNCHANGED,
  ShipmentCancelled: UNCHANGED,
  ShipmentCancellationDeclined: UNCHANGED,
};
