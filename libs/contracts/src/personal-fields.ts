import type { OrderEvents } from './order.events';
import type { ReservationEvents } from './reservation.events';
import type { Sealed } from './sealed';
import type { ShipmentEvents } from './shipment.events';

type FieldsSealedIn<D> = { [F in keyof D]-?: NonNullable<D[F]> extends Sealed<unknown> ? F : never }[keyof D];

type Personal<M> = {
  [E in keyof M as [FieldsSealedIn<M[E]>] extends [never] ? never : E]: Readonly<Record<FieldsSealedIn<M[E]>, true>>;
};

/**
 * The fields of events that are sealed, by event: the compiler demands every sealed field of these maps and no other.
 * Customers, callers and cashiers are named by ids, which stay readable because sums are kept by them: an id must not be
 * the name, the address or a number of a person. Reasons are for the books, and not for words about a person.
 */
export const PERSONAL_FIELDS: Personal<OrderEvents & ReservationEvents & ShipmentEvents> = {
  OrderPlaced: { deliverTo: true, recipient: true, paymentToken: true },
  OrderAllocated: { paymentToken: true },
  OrderConfirmed: { deliverTo: true, recipient: true },
  StockReservationMade: { sealedSourcing: true },
  StockReservationRefused: { sealedSourcing: true },
  StockReservationMoved: { sealedSourcing: true },
  ShipmentCreated: { deliverTo: true, recipient: true },
};
