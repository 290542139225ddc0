import type {
  Delivery,
  DeliveryService,
  DocumentTotals,
  OrderEvents,
  OrderRejectionReason,
  Parcel,
  Sealed,
  TradeLine,
} from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** What was bought and for how much: fixed when the order is placed. */
export interface Purchase extends Delivery {
  customer: string;
  lines: TradeLine[];
  totals: DocumentTotals;
  paymentToken?: Sealed<string>;
  service?: DeliveryService;
  placedAt: string;
}

/** Somebody wants a confirmed order stopped; fulfillment says whether it still can be. */
export interface Cancellation {
  status: 'requested' | 'declined';
  reason: string;
}

/** Where goods are held: at `location`, or most of them there. */
export interface Allocation {
  location: string;
  /** Which place holds what, where that is more than one. */
  parcels?: Parcel[];
}

/** A promise to the customer: goods are held, money is authorized. */
interface Promised extends Allocation {
  purchase: Purchase;
  paymentId: string;
  isPaid: boolean;
  cancellation?: Cancellation;
}

/** An order that the customer was promised and that was not called off. */
export type PromisedOrder =
  | (Promised & { status: 'confirmed' })
  /** `returned`: units that came back, by SKU. */
  | (Promised & { status: 'shipped' | 'delivered'; shipmentId: string; returned: ReadonlyMap<string, number> });

/** An online order from the click to the door; undefined until it is placed. */
export type Order =
  | undefined
  | { status: 'pending'; purchase: Purchase }
  | ({ status: 'allocated'; purchase: Purchase } & Allocation)
  | PromisedOrder
  | { status: 'rejected'; purchase: Purchase; reason: OrderRejectionReason }
  | { status: 'cancelled'; purchase: Purchase; reason: string; wasConfirmed: boolean };

export const order: Aggregate<Order, OrderEvents> = {
  category: 'order',
  initial: undefined,
  evolve: {
    OrderPlaced: (_, { orderId: _id, reservationId: _held, ...purchase }) => ({ status: 'pending', purchase }),
    OrderAllocated: (state, event) => state && { status: 'allocated', purchase: state.purchase, ...allocationOf(event) },
    OrderRelocated: (state, event) => (isHeld(state) ? relocated(state, event) : state),
    OrderConfirmed: (state, { paymentId, ...event }) =>
      state && { status: 'confirmed', purchase: state.purchase, ...allocationOf(event), paymentId, isPaid: false },
    OrderRejected: (state, { reason }) => state && { status: 'rejected', purchase: state.purchase, reason },
    OrderCancellationRequested: (state, { reason }) =>
      isPromised(state) ? { ...state, cancellation: { status: 'requested', reason } } : state,
    OrderCancellationDeclined: (state, { reason }) =>
      isPromised(state) ? { ...state, cancellation: { status: 'declined', reason } } : state,
    OrderCancelled: (state, { reason, wasConfirmed }) =>
      state && { status: 'cancelled', purchase: state.purchase, reason, wasConfirmed },
    OrderShipped: (state, { shipmentId }) =>
      isPromised(state) ? { ...state, status: 'shipped', shipmentId, returned: new Map() } : state,
    OrderPaid: (state) => (isPromised(state) ? { ...state, isPaid: true } : state),
    OrderDelivered: (state) => (hasLeft(state) ? { ...state, status: 'delivered' } : state),
    OrderLinesReturned: (state, { lines }) => (hasLeft(state) ? { ...state, returned: plus(state.returned, lines) } : state),
  },
};

/** Where the goods are, of whatever says so. */
export function allocationOf({ location, parcels }: Allocation): Allocation {
  return { location, ...(parcels && { parcels }) };
}

/** Whether goods are held that have not left. */
export function isHeld(state: Order): state is Extract<Order, { status: 'allocated' | 'confirmed' }> {
  return state?.status === 'allocated' || state?.status === 'confirmed';
}

function relocated<S extends Allocation>({ parcels: _, ...state }: S, event: Allocation): S {
  return { ...state, ...allocationOf(event) } as S;
}

/** Whether the customer holds a promise: the order is confirmed and was not called off. */
export function isPromised(state: Order): state is PromisedOrder {
  return state?.status === 'confirmed' || hasLeft(state);
}

/** Whether the goods are on their way or there. */
export function hasLeft(state: Order): state is Extract<PromisedOrder, { shipmentId: string }> {
  return state?.status === 'shipped' || state?.status === 'delivered';
}

/** Whether a cancellation was asked for and fulfillment has not answered. */
export function isBeingCancelled(state: Order): boolean {
  return isPromised(state) && state.cancellation?.status === 'requested';
}

/** Whether it is still open if there will be a sale. */
export function isUndecided(state: Order): boolean {
  return state?.status === 'pending' || state?.status === 'allocated';
}

/** What somebody is told who names an order that nobody placed. */
export function unknownOrder(orderId: string, kind: 'not-found' | 'unprocessable'): Refusal {
  return new Refusal(
    'unknown-order',
    `There is no order ${orderId.slice(0, 80)}.`,
    'Use the id that POST /storefront/orders answered.',
    kind,
  );
}

/** A map and not an object, because SKUs come from outside, and every object already has a `constructor`. */
function plus(returned: ReadonlyMap<string, number>, lines: readonly TradeLine[]): ReadonlyMap<string, number> {
  const sum = new Map(returned);
  for (const { sku, quantity } of lines) sum.set(sku, (sum.get(sku) ?? 0) + quantity);
  return sum;
}
