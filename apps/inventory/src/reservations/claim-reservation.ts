import type { GeoPoint, Sealed, StockLine } from '#libs/contracts';
import {
  fold,
  streamId,
  type DecideAcross,
  type StateOf,
  type StreamEvents,
  type StreamRef,
} from '#libs/eventsourcing/vocabulary';
import { stockAt } from '../stock/stock';
import { letGo } from './direct-reservation';
import { hold, shortAt, type Chosen } from './hold';
import { reservation } from './reservation';

/** An order takes over what was reserved for it before there was an order: a cart that is paid for. */
export class ClaimReservation {
  orderId!: string;
  reservationId!: string;
  /** One line per SKU, stocked ones only. */
  lines!: StockLine[];
  deliverTo!: Sealed<GeoPoint>;
}

/** Where the reservation holds, how far that is from the customer, and every SKU that it or the order is about. */
export interface Claimed extends Chosen {
  lines: StockLine[];
}

/**
 * The order holds its goods where the reservation does, which ends; all in one step, so that nobody can come between. The order
 * may differ from the cart, as long as the place has the rest. Otherwise nothing to say: the order is allocated like any
 * other, and the reservation ends by itself.
 */
export const claimReservation: DecideAcross<ClaimReservation, Claimed | undefined> = (command, stateOf, { given: at }) => {
  const { orderId, reservationId, lines } = command;
  const held = stateOf(reservation, reservationId);
  if (!at || held.status !== 'held' || held.demand !== 'direct') return [];
  if (stateOf(reservation, orderId).status !== 'undecided') return [];
  const released = letGo(reservationId, held, { type: 'StockReservationReleased', takenOverBy: orderId }, stateOf);
  const after = whenSaid(released, stateOf);
  const order = { orderId, demand: 'online-order' as const, lines };
  return shortAt(held.location, order, after).length > 0 ? [] : [...released, ...hold(order, at, after)];
};

/** What streams will say once these events are part of them. */
function whenSaid(said: readonly StreamEvents[], stateOf: StateOf): StateOf {
  const events = new Map(said.map((part) => [part.stream, part.events]));
  return (aggregate, id) => fold(aggregate, events.get(streamId(aggregate, id)) ?? [], stateOf(aggregate, id));
}

/** Both reservations, and the stocks of whatever either is about. */
export function claimStreams({ orderId, reservationId }: ClaimReservation, at: Claimed | undefined): StreamRef[] {
  const both = [orderId, reservationId].map((id) => ({ aggregate: reservation, id }));
  return [...both, ...(at ? stockAt(at.location, at.lines) : [])];
}
