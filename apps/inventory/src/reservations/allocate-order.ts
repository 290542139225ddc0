import type { Channel, DeliveryService, Demand, GeoPoint, Sealed, Sourced, StockLine } from '#libs/contracts';
import { to, type DecideAcross, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import type { Proposal } from '../sourcing/proposal';
import { chosen } from './chosen';
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
 * The first candidate whose stocks fill every line holds the order; else several places, if the rule cuts orders; nowhere and out
 * of stock otherwise. Exact: the stocks of all candidates are read and validated with the write. The candidates must be
 * complete as of some moment after the order came, or a refusal would be wrong. An order that is decided stays so.
 */
export const allocateOrder: DecideAcross<AllocateOrder, Proposal> = (order, stateOf, { given }) => {
  if (stateOf(reservation, order.orderId).status !== 'undecided') return [];
  const found = chosen(order, given, stateOf);
  return found ? hold(order, found, stateOf) : refused(order, shortage(order, given, stateOf), given.sourced);
};

/** What the candidate lacks that comes closest; everything, where there is none. */
function shortage(order: AllocateOrder, { candidates }: Proposal, stateOf: StateOf): Shortage {
  const nothing = order.lines.map(({ sku, quantity }) => ({ sku, requested: quantity, available: 0 }));
  const lacking = candidates.map(({ location }) => shortAt(location, order, stateOf));
  return lacking.reduce((closest, short) => (isCloser(short, closest) ? short : closest), lacking[0] ?? nothing);
}

/** Fewer lines short, or as many and fewer units. */
function isCloser(one: Shortage, other: Shortage): boolean {
  return one.length < other.length || (one.length === other.length && unitsShort(one) < unitsShort(other));
}

const unitsShort = (short: Shortage): number => short.reduce((sum, { requested, available }) => sum + requested - available, 0);

function refused({ orderId: reservationId, demand }: AllocateOrder, short: Shortage, sourced?: Sourced): StreamEvents[] {
  const data = { reservationId, demand, reason: 'out-of-stock' as const, short, ...sourced };
  return [to(reservation, reservationId, { type: 'StockReservationRefused', data })];
}
