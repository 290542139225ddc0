import { parcelsOf } from '#libs/contracts';
import { Streams, type Resolve } from '#libs/eventsourcing';
import type { StreamRef } from '#libs/eventsourcing/vocabulary';
import type { Proposal } from '../sourcing/proposal';
import { stockAt } from '../stock/stock';
import type { AllocateOrder } from './allocate-order';
import { reservation, type Reservation } from './reservation';

/** The reservation and the stocks that a candidate would have to hold. */
export function stocksOf({ orderId, lines }: AllocateOrder, { candidates, parts }: Proposal): StreamRef[] {
  const places = new Set([...candidates, ...(parts?.places ?? [])].map(({ location }) => location));
  return [{ aggregate: reservation, id: orderId }, ...[...places].flatMap((location) => stockAt(location, lines))];
}

/** A command about what is held, under the id of its order or its own. */
type About = { orderId: string } | { reservationId: string };

const idOf = (command: About): string => ('orderId' in command ? command.orderId : command.reservationId);

/** What a reservation holds is in its own stream: it says which stocks are concerned. */
export async function theReservation(command: About, get: Resolve): Promise<Reservation> {
  return (await get(Streams).read(reservation, idOf(command))).state;
}

/** The reservation, and the stocks of what it holds. */
export function stocksHeld(command: About, known: Reservation): StreamRef[] {
  const goods = known.status === 'held' ? parcelsOf(known).flatMap(({ location, lines }) => stockAt(location, lines)) : [];
  return [{ aggregate: reservation, id: idOf(command) }, ...goods];
}
