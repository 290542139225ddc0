import type { Channel, DeliveryService, Demand, GeoPoint, Sealed, Sourced, StockLine } from '#libs/contracts';
import { to, type DecideAcross, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import type { Proposal } from '../sourcing/proposal';
import { hold, shortAt } from './hold';
import { reservation, type Shortage } from './reservation';

/** Finds a place that can hold all goods of an order, or says that there is none. */
export class AllocateOrder {
  orderId!: string;
  demand!: Demand;
  /** Whose promise it is; absent: that of the demand. */
  channel?: Channel;
  /** One line per SKU, stocked ones only; none when the order is services alone. */
  lines!: StockLine[];
  /** Sealed where it is the place of a person, open where it is a shop. */
  deliverTo!: Sealed<GeoPoint> | GeoPoint;
  /** Absent: as a parcel. */
  service?: DeliveryService;
  /** When it was asked for, where that matters: UTC, ISO 8601. */
  at?: string;
}

/**
 * The first candidate whose stocks fill every line holds the order; nowhere and out of stock otherwise. Exact: the stocks of all
 * candidates are read and validated with the write. The candidates must be complete as of some moment after the order
 * came, or a refusal would be wrong. An order that is decided stays so.
 */
export const allocateOrder: DecideAcross<AllocateOrder, Proposal> = (order, stateOf, { given: { candidates, sourced } }) => {
  if (stateOf(reservation, order.orderId).status !== 'undecided') return [];
  let short: Shortage | undefined;
  for (const candidate of candidates) {
    const lacking = shortAt(candidate.location, order, stateOf);
    if (lacking.length === 0) return hold(order, { ...candidate, ...(sourced && { sourced }) }, stateOf);
    if (!short || isCloser(lacking, short)) short = lacking;
  }
  const nothing = order.lines.map(({ sku, quantity }) => ({ sku, requested: quantity, available: 0 }));
  return refused(order, short ?? nothing, sourced);
};

/** Fewer lines short, or as many and fewer units. */
function isCloser(one: Shortage, other: Shortage): boolean {
  return one.length < other.length || (one.length === other.length && unitsShort(one) < unitsShort(other));
}

const unitsShort = (short: Shortage): number => short.reduce((sum, { requested, available }) => sum + requested - available, 0);

function refused({ orderId: reservationId, demand }: AllocateOrder, short: Shortage, sourced?: Sourced): StreamEvents[] {
  const data = { reservationId, demand, reason: 'out-of-stock' as const, short, ...sourced };
  return [to(reservation, reservationId, { type: 'StockReservationRefused', data })];
}
