import type { Channel, Demand, StockLine } from '#libs/contracts';
import { to, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { promiseEach, shortOf } from '../stock/promised';
import { reservation, type Shortage } from './reservation';
import { CHANNEL_OF, type Candidate } from './sourcing';

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

/** Holds every line at one place: the promise, and its share in each stock. */
export function hold(asked: Asked & { orderId: string }, at: Candidate, stateOf: StateOf): StreamEvents[] {
  const { orderId: reservationId, demand, lines, channel } = asked;
  const { location } = at;
  // Exact ways from three places would tell where the customer lives, which is sealed.
  const data = { reservationId, demand, location, lines, distanceKm: Math.round(at.distanceKm), ...(channel && { channel }) };
  return [
    to(reservation, reservationId, { type: 'StockReservationMade', data }),
    ...promiseEach({ location, reservationId, channel: channelOf(asked) }, lines, stateOf),
  ];
}
