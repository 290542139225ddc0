import type { DocumentTotals, LedgerEvents, OrderEvents, ReturnEvents, ShiftEvents, StockDocumentEvents } from '#libs/contracts';
import type { SupplyOrderEvents } from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { KindTotals } from './views';

/** A document as its own stream tells it. */
export interface Entry {
  kind: string;
  status: string;
  totals: DocumentTotals;
}

/** What trade adds up to, and where each document stands: folded from the log alone. */
export class Book {
  readonly entries = new Map<string, Entry>();
  /** By kind and currency: `hema-sale GBP`; no currency where there is no money in it. */
  readonly sales = new Map<string, KindTotals>();

  take({ type, data }: RecordedEvent): void {
    (STORIES as Partial<Record<string, (data: never, book: Book) => void>>)[type]?.(data as never, this);
  }

  begin(id: string, kind: string, status: string, totals: DocumentTotals): void {
    this.entries.set(id, { kind, status, totals });
  }

  /** What is not begun has no status; whoever compares will miss it. */
  become(id: string, status: string | ((before: string) => string)): void {
    const entry = this.entries.get(id);
    if (entry) entry.status = typeof status === 'string' ? status : status(entry.status);
  }

  /** `sign` is -1 where a sale is taken back. */
  sell(kind: string, totals: Omit<DocumentTotals, 'currency'> & { currency: string | null }, sign: 1 | -1 = 1): void {
    const name = salesName(kind, totals.currency);
    const sum = this.sales.get(name) ?? { documents: 0, lines: 0, units: 0, minor: 0 };
    this.sales.set(name, {
      documents: sum.documents + sign,
      lines: sum.lines + sign * totals.lines,
      units: sum.units + sign * totals.units,
      minor: sum.minor + sign * totals.amountMinor,
    });
  }
}

export function salesName(kind: string, currency: string | null): string {
  return `${kind} ${currency ?? ''}`.trim();
}

type Told = OrderEvents &
  ReturnEvents &
  Pick<ShiftEvents, 'SaleRecorded' | 'SaleReturnRecorded'> &
  SupplyOrderEvents &
  Pick<StockDocumentEvents, 'StockAdjustmentRecorded'> &
  LedgerEvents;
type Untold = 'OrderAllocated' | 'OrderRelocated' | 'SupplyOrderRelocated' | 'OrderPaid' | 'OrderLinesReturned';

const ONLINE = 'storefront-order';
const SUPPLY = 'lingshoutong-order';

const STORIES: { [K in Exclude<keyof Told, Untold>]: (data: Told[K], book: Book) => void } = {
  OrderPlaced: ({ orderId, totals }, book) => book.begin(orderId, ONLINE, 'pending', totals),
  OrderConfirmed: ({ orderId, totals }, book) => {
    book.become(orderId, 'confirmed');
    book.sell(ONLINE, totals);
  },
  OrderRejected: ({ orderId }, book) => book.become(orderId, 'rejected'),
  OrderCancellationRequested: ({ orderId }, book) => book.become(orderId, 'cancelling'),
  OrderCancellationDeclined: ({ orderId }, book) =>
    book.become(orderId, (before) => (before === 'cancelling' ? 'confirmed' : before)),
  OrderCancelled: ({ orderId, totals, wasConfirmed }, book) => {
    book.become(orderId, 'cancelled');
    if (wasConfirmed) book.sell(ONLINE, totals, -1);
  },
  OrderShipped: ({ orderId }, book) => book.become(orderId, 'shipped'),
  OrderDelivered: ({ orderId }, book) => book.become(orderId, 'delivered'),
  ReturnAccepted: ({ returnId, totals }, book) => {
    book.begin(returnId, 'storefront-return', 'accepted', totals);
    book.sell('storefront-return', totals);
  },
  SaleRecorded: ({ saleId, totals }, book) => {
    book.begin(saleId, 'hema-sale', 'completed', totals);
    book.sell('hema-sale', totals);
  },
  SaleReturnRecorded: ({ returnId, totals }, book) => {
    book.begin(returnId, 'hema-return', 'completed', totals);
    book.sell('hema-return', totals);
  },
  SupplyOrderSubmitted: ({ supplyOrderId, totals }, book) => book.begin(supplyOrderId, SUPPLY, 'pending', totals),
  SupplyOrderAccepted: ({ supplyOrderId, totals }, book) => {
    book.become(supplyOrderId, 'accepted');
    book.sell(SUPPLY, totals);
  },
  SupplyOrderRejected: ({ supplyOrderId }, book) => book.become(supplyOrderId, 'rejected'),
  SupplyOrderShipped: ({ supplyOrderId }, book) => book.become(supplyOrderId, 'shipped'),
  SupplyOrderReceived: ({ supplyOrderId }, book) => book.become(supplyOrderId, 'received'),
  StockAdjustmentRecorded: ({ lines }, book) => {
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    book.sell('stock-adjustment', { lines: lines.length, units, amountMinor: 0, currency: null });
  },
  LedgerAdjusted: ({ totals }, book) => book.sell('ledger-adjustment', totals),
};
