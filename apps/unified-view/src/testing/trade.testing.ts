import type { DocumentTotals, TradeLine } from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { recorded } from '#libs/eventsourcing/testing';

const GBP = 'GBP';

/** Two of one SKU for 5.10 and postage for 18.00. */
export const lines: TradeLine[] = [
  { sku: '85123A', quantity: 2, unitPrice: { amountMinor: 255, currency: GBP }, amountMinor: 510, stocked: true },
  { sku: 'POST', quantity: 1, unitPrice: { amountMinor: 1800, currency: GBP }, amountMinor: 1800, stocked: false },
];
export const totals: DocumentTotals = { lines: 2, units: 3, amountMinor: 2310, currency: GBP };
export const back: DocumentTotals = { lines: 2, units: -3, amountMinor: -2310, currency: GBP };

const deliverTo = 'sealed:v1:key-of-li-na-0001:a-place';
const placedAt = '2026-01-02T08:00:00.000Z';
type Event = RecordedEvent<string, object>;

type OrderStep =
  | 'placed'
  | 'allocated'
  | 'confirmed'
  | 'rejected'
  | 'cancellationRequested'
  | 'cancellationDeclined'
  | 'cancelled'
  | 'cancelledEarly'
  | 'shipped'
  | 'paid'
  | 'delivered'
  | 'linesReturned';
/** What the stream of an order says, step by step. */
export const orderStream = (orderId: string, customer = 'Li Na'): Record<OrderStep, Event> => {
  const about = { orderId, customer };
  const say = (type: string, data: object): Event => recorded('storefront', `order:${orderId}`, type, { ...about, ...data });
  const held = { location: 'dc', lines, totals, deliverTo };
  return {
    placed: say('OrderPlaced', { lines, totals, deliverTo, placedAt }),
    allocated: say('OrderAllocated', { location: 'dc', totals }),
    confirmed: say('OrderConfirmed', { ...held, paymentId: orderId }),
    rejected: say('OrderRejected', { reason: 'payment-declined', detail: 'no money' }),
    cancellationRequested: say('OrderCancellationRequested', { reason: 'too many' }),
    cancellationDeclined: say('OrderCancellationDeclined', { reason: 'already-shipped' }),
    cancelled: say('OrderCancelled', { reason: 'too many', wasConfirmed: true, totals }),
    cancelledEarly: say('OrderCancelled', { reason: 'too many', wasConfirmed: false, totals }),
    shipped: say('OrderShipped', { shipmentId: orderId }),
    paid: say('OrderPaid', { paymentId: orderId, amountMinor: totals.amountMinor, currency: GBP }),
    delivered: say('OrderDelivered', { shipmentId: orderId }),
    linesReturned: say('OrderLinesReturned', { returnId: `r-${orderId}`, lines, totals: back }),
  };
};

type PaymentStep = 'authorized' | 'declined' | 'captured' | 'voided' | 'refunded';
export const paymentStream = (orderId: string, customer = 'Li Na'): Record<PaymentStep, Event> => {
  const about = { paymentId: orderId, orderId, customer, amountMinor: totals.amountMinor, currency: GBP };
  const say = (type: string, data: object = {}): Event => recorded('payment', `payment:${orderId}`, type, { ...about, ...data });
  return {
    authorized: say('PaymentAuthorized', { providerReference: 'ref' }),
    declined: say('PaymentDeclined', { reason: 'no money' }),
    captured: say('PaymentCaptured'),
    voided: say('PaymentVoided', { reason: 'too many' }),
    refunded: say('PaymentRefunded', { returnId: `r-${orderId}` }),
  };
};

type ShipmentStep = 'created' | 'shipped' | 'delivered' | 'cancelled' | 'cancellationDeclined';
export const shipmentStream = (orderId: string): Record<ShipmentStep, Event> => {
  const about = { shipmentId: orderId, orderId, location: 'dc' };
  const say = (type: string, data: object = {}): Event =>
    recorded('fulfillment', `shipment:${orderId}`, type, { ...about, ...data });
  return {
    created: say('ShipmentCreated', { lines: [], deliverTo }),
    shipped: say('ShipmentShipped', { carrier: 'own-riders' }),
    delivered: say('ShipmentDelivered'),
    cancelled: say('ShipmentCancelled'),
    cancellationDeclined: say('ShipmentCancellationDeclined', { reason: 'already-shipped' }),
  };
};

/** A return of everything; it names its order where there is one. */
export const returned = (returnId: string, customer = 'Li Na', orderId?: string): Event =>
  recorded('storefront', `return:${returnId}`, 'ReturnAccepted', {
    ...{ returnId, customer, location: 'dc', lines, totals: back, reason: 'too small' },
    ...(orderId !== undefined && { orderId }),
  });

export const refund = (returnId: string, customer = 'Li Na'): Event =>
  recorded('payment', `refund:${returnId}`, 'RefundIssued', {
    ...{ returnId, customer, amountMinor: 2310, currency: GBP, providerReference: 'ref' },
  });

type ShiftStep = 'sale' | 'takenBack';
export const shiftStream = (shiftId: string): Record<ShiftStep, Event> => {
  const about = { shiftId, store: 'soho', till: 't1', lines, tender: 'cash' };
  const say = (type: string, data: object): Event => recorded('hema', `shift:${shiftId}`, type, { ...about, ...data });
  return {
    sale: say('SaleRecorded', { saleId: `s-${shiftId}`, number: 1, totals }),
    takenBack: say('SaleReturnRecorded', { returnId: `b-${shiftId}`, number: 2, totals: back, reason: 'broken' }),
  };
};

type SupplyStep = 'submitted' | 'accepted' | 'rejected' | 'shipped' | 'received';
export const supplyStream = (supplyOrderId: string, shop: string): Record<SupplyStep, Event> => {
  const about = { supplyOrderId, shop, lines };
  const say = (type: string, data: object = {}): Event =>
    recorded('lingshoutong', `supply-order:${supplyOrderId}`, type, { ...about, ...data });
  return {
    submitted: say('SupplyOrderSubmitted', { totals, deliverTo: { latitude: 51.5, longitude: -0.1 } }),
    accepted: say('SupplyOrderAccepted', { location: 'dc', totals }),
    rejected: say('SupplyOrderRejected', { reason: 'out-of-stock', detail: 'none' }),
    shipped: say('SupplyOrderShipped', { location: 'dc' }),
    received: say('SupplyOrderReceived'),
  };
};
