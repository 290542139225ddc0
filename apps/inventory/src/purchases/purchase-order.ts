import type { DeliveredLine, PurchaseLine, PurchaseOrderEvents, StockLine } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** One SKU of an order: what was ordered in all, what has come, and what is still expected. */
export interface OrderedLine extends PurchaseLine {
  /** More than `quantity` where the supplier sent more. */
  received: number;
}

export const PURCHASE_STATUSES = ['open', 'received', 'closed', 'cancelled'] as const;
/** `received`: everything has come. `closed`: some has, and the rest will not. `cancelled`: nothing has, and nothing will. */
export type PurchaseStatus = (typeof PURCHASE_STATUSES)[number];

/** A purchase order as it stands; undefined until it is placed. */
export type PurchaseOrder =
  | {
      status: PurchaseStatus;
      supplier: string;
      location: string;
      lines: OrderedLine[];
      expectedAt: string;
      /** The deliveries on it, by id. */
      receipts: string[];
    }
  | undefined;

type Known = NonNullable<PurchaseOrder>;

export const purchaseOrder: Aggregate<PurchaseOrder, PurchaseOrderEvents> = {
  category: 'purchase-order',
  initial: undefined,
  evolve: {
    PurchaseOrderPlaced: (_, { purchaseOrderId: _id, lines, ...facts }) => ({
      ...{ status: 'open', ...facts, receipts: [] },
      lines: lines.map(({ sku, quantity }) => ({ sku, quantity, outstanding: quantity, received: 0 })),
    }),
    PurchaseOrderChanged: (state, { lines, expectedAt }) => state && changed({ ...state, expectedAt }, lines),
    PurchaseOrderReceived: (state, { receiptId, lines }) => state && delivered(state, receiptId, lines),
    PurchaseOrderClosed: (state) => state && closed(state),
  },
};

function changed(state: Known, lines: readonly PurchaseLine[]): Known {
  const received = new Map(state.lines.map((line) => [line.sku, line.received]));
  const ordered = lines.filter(({ quantity }) => quantity > 0);
  return standing(
    state,
    ordered.map((line) => ({ ...line, received: received.get(line.sku) ?? 0 })),
  );
}

function delivered(state: Known, receiptId: string, came: readonly DeliveredLine[]): Known {
  const lines = state.lines.map((line): OrderedLine => {
    const counted = came.find(({ sku }) => sku === line.sku)?.counted ?? 0;
    return { ...line, received: line.received + counted, outstanding: Math.max(0, line.outstanding - counted) };
  });
  return standing({ ...state, receipts: [...state.receipts, receiptId] }, lines);
}

function standing(state: Known, lines: OrderedLine[]): Known {
  return { ...state, lines, status: lines.some(({ outstanding }) => outstanding > 0) ? 'open' : 'received' };
}

function closed(state: Known): Known {
  const lines = state.lines.map((line) => ({ ...line, outstanding: 0 }));
  return { ...state, lines, status: state.receipts.length > 0 ? 'closed' : 'cancelled' };
}

/** What is still expected. */
export function outstanding({ lines }: Known): StockLine[] {
  const open = lines.filter((line) => line.outstanding > 0);
  return open.map((line) => ({ sku: line.sku, quantity: line.outstanding }));
}

/**
 * A purchase order of which something is still expected.
 * @throws Refusal `unknown-purchase-order` or `purchase-order-closed`
 */
export function open(id: string, state: PurchaseOrder): Known {
  if (!state) throw unknownPurchaseOrder(id);
  if (state.status === 'open') return state;
  throw new Refusal(
    'purchase-order-closed',
    `Nothing is expected of purchase order ${id} any more: it is ${state.status}.`,
    'Place another one, or book goods in that came without one with POST /inventory/receipts.',
    'conflict',
  );
}

/** What somebody is told who names a purchase order that is not there. */
export function unknownPurchaseOrder(id: string): Refusal {
  return new Refusal(
    'unknown-purchase-order',
    `There is no purchase order ${id}.`,
    'Use the id that POST /inventory/purchase-orders answered with, or one that GET /inventory/purchase-orders lists.',
    'not-found',
  );
}
