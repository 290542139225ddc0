import type { Channel, Demand, Parcel, Sourced, StockLine } from '#libs/contracts';
import { to, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { CHANNEL_OF } from '../sourcing/place';
import type { Candidate } from '../sourcing/score';
import { promiseEach, shortOf } from '../stock/promised';
import { reservation, type Shortage } from './reservation';

/** What is asked for, and by whom. */
export interface Asked {
  demand: Demand;
  lines: StockLine[];
  channel?: Channel;
}

/** Whose promise it is. */
export const channelOf = ({ channel, demand }: Asked): Channel => channel ?? CHANNEL_OF[demand];

/** The lines that a place cannot promise now, by its stock streams; nothing when it can promise all that is asked for. */
export function shortAt(location: string, asked: Asked, stateOf: StateOf): Shortage {
  return shortOf({ location, channel: channelOf(asked) }, asked.lines, stateOf);
}

/** Who holds goods, and what shall be noted of how it was found. */
export interface Chosen extends Pick<Candidate, 'location' | 'distanceKm'> {
  /** Who holds what, where that is more than one place. */
  parcels?: Parcel[];
  sourced?: Sourced;
}

/** Holds every line: the promise, and its share in each stock. */
export function hold(asked: Asked & { orderId: string }, at: Chosen, stateOf: StateOf): StreamEvents[] {
  const { orderId: reservationId, demand, lines, channel } = asked;
  const { location, parcels = [{ location, lines }] } = at;
  const goods = { location, lines, ...(at.parcels && { parcels }) };
  // Exact ways from three places would tell where the customer lives, which is sealed.
  const distanceKm = Math.round(at.distanceKm);
  const data = { reservationId, demand, ...goods, distanceKm, ...(channel && { channel }), ...at.sourced };
  return [
    to(reservation, reservationId, { type: 'StockReservationMade', data }),
    ...parcels.flatMap((parcel) =>
      promiseEach({ location: parcel.location, reservationId, channel: channelOf(asked) }, parcel.lines, stateOf),
    ),
  ];
}
