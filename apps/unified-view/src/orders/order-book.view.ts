import type {
  OrderEvents,
  PaymentEvents,
  RefundEvents,
  ReturnEvents,
  ShiftEvents,
  ShipmentEvents,
  SupplyOrderEvents,
} from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import { BookRow } from './book-row.view';
import { begun, BLANK, paidOverTheCounter, type BookEntry, type MoneyFacts } from './order-book';
import type { DocumentFacts, ParcelFacts } from './order-book';

type Part<F> = Partial<F> | ((entry: BookEntry) => Partial<F>);

function entry(id: string, part: Part<BookEntry>): RowChange<BookRow>[] {
  const change = (known: BookRow | undefined): BookRow => {
    const row = known ?? { id, ...BLANK };
    return { ...row, ...(typeof part === 'function' ? part(row) : part) };
  };
  return [{ key: { id }, change }];
}

/** One function per part, and each is called for the events of one stream only: see `BookEntry`. */
const document = (id: string, part: Part<DocumentFacts>): RowChange<BookRow>[] => entry(id, part);
const money = (id: string, part: Part<MoneyFacts>): RowChange<BookRow>[] => entry(id, part);
const parcel = (id: string, part: Part<ParcelFacts>): RowChange<BookRow>[] => entry(id, part);

const refunded = (amountMinor: number) => (known: BookEntry) => ({ refundedMinor: known.refundedMinor + amountMinor });

type Book = OrderEvents & ReturnEvents & ShiftEvents & SupplyOrderEvents & PaymentEvents & RefundEvents & ShipmentEvents;

export const orderBookView = viewOf<Book>()({
  name: 'orders',
  row: BookRow,
  sources: ['storefront', 'hema', 'lingshoutong', 'payment', 'fulfillment'],
  on: {
    OrderPlaced: ({ data: { orderId, customer, totals, placedAt } }) =>
      document(orderId, { ...begun('storefront-order', totals), customer, status: 'pending', placedAt }),
    OrderAllocated: ({ data: { orderId, location } }) => document(orderId, { location }),
    OrderRelocated: ({ data: { orderId, location } }) => document(orderId, { location }),
    OrderConfirmed: ({ data: { orderId } }) => document(orderId, { status: 'confirmed' }),
    OrderRejected: ({ data: { orderId, reason } }) => document(orderId, { status: 'rejected', reason, location: null }),
    OrderCancellationRequested: ({ data: { orderId } }) => document(orderId, { status: 'cancelling' }),
    OrderCancellationDeclined: ({ data: { orderId } }) =>
      document(orderId, ({ status }) => ({ status: status === 'cancelling' ? 'confirmed' : status })),
    OrderCancelled: ({ data: { orderId, reason } }) => document(orderId, { status: 'cancelled', reason, location: null }),
    OrderShipped: ({ data: { orderId } }) => document(orderId, { status: 'shipped' }),
    OrderDelivered: ({ data: { orderId } }) => document(orderId, { status: 'delivered' }),
    OrderLinesReturned: ({ data: { orderId, totals } }) =>
      document(orderId, ({ returnedUnits }) => ({ returnedUnits: returnedUnits - totals.units })),

    ReturnAccepted: ({ data: { returnId, orderId: originalId = null, customer, location, totals, reason }, happenedAt }) =>
      document(returnId, {
        ...begun('storefront-return', totals),
        ...{ customer, status: 'accepted', reason, location, originalId, placedAt: happenedAt },
      }),

    SaleRecorded: ({ data: { saleId, store: location, till, totals }, happenedAt: placedAt }) => [
      ...document(saleId, { ...begun('hema-sale', totals), status: 'completed', location, till, placedAt }),
      ...money(saleId, paidOverTheCounter(totals)),
    ],
    SaleReturnRecorded: ({ data, happenedAt: placedAt }) => {
      const { returnId, originalSaleId: originalId = null, store: location, till, totals, reason } = data;
      const facts = { status: 'completed', reason, location, till, originalId, placedAt } as const;
      return [
        ...document(returnId, { ...begun('hema-return', totals), ...facts }),
        ...money(returnId, paidOverTheCounter(totals)),
      ];
    },

    SupplyOrderSubmitted: ({ data: { supplyOrderId, shop: customer, totals }, happenedAt: placedAt }) =>
      document(supplyOrderId, { ...begun('lingshoutong-order', totals), customer, status: 'pending', placedAt }),
    SupplyOrderAccepted: ({ data: { supplyOrderId, location } }) => document(supplyOrderId, { status: 'accepted', location }),
    SupplyOrderRelocated: ({ data: { supplyOrderId, location } }) => document(supplyOrderId, { location }),
    SupplyOrderRejected: ({ data: { supplyOrderId, reason } }) => document(supplyOrderId, { status: 'rejected', reason }),
    SupplyOrderShipped: ({ data: { supplyOrderId } }) => document(supplyOrderId, { status: 'shipped' }),
    SupplyOrderReceived: ({ data: { supplyOrderId } }) => document(supplyOrderId, { status: 'received' }),

    PaymentAuthorized: ({ data: { orderId, amountMinor } }) =>
      money(orderId, { payment: 'authorized', authorizedMinor: amountMinor }),
    PaymentDeclined: ({ data: { orderId } }) => money(orderId, { payment: 'declined' }),
    PaymentCaptured: ({ data: { orderId, amountMinor } }) => money(orderId, { payment: 'captured', capturedMinor: amountMinor }),
    PaymentVoided: ({ data: { orderId } }) => money(orderId, { payment: 'voided' }),
    PaymentRefunded: ({ data: { orderId, returnId, amountMinor } }) => [
      ...money(orderId, refunded(amountMinor)),
      ...money(returnId, { payment: 'refunded', refundedMinor: amountMinor }),
    ],
    RefundIssued: ({ data: { returnId, amountMinor } }) => money(returnId, { payment: 'refunded', refundedMinor: amountMinor }),

    ShipmentCreated: ({ data: { orderId } }) => parcel(orderId, { shipment: 'created' }),
    ShipmentShipped: ({ data: { orderId, carrier } }) => parcel(orderId, { shipment: 'shipped', carrier }),
    ShipmentDelivered: ({ data: { orderId } }) => parcel(orderId, { shipment: 'delivered' }),
    ShipmentCancelled: ({ data: { orderId } }) => parcel(orderId, { shipment: 'cancelled' }),
  },
});
