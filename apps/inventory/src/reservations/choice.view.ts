import { stockedLines } from '#libs/contracts';
import { Streams, type Resolve } from '#libs/eventsourcing';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { Vault } from '#libs/privacy';
import { greatCircleKm } from '../locations/great-circle';
import { location as place } from '../locations/location';
import { everyPlace } from '../sourcing/carriers.view';
import { StockMap } from '../sourcing/stock-map.view';
import { AllocateOrder } from './allocate-order';
import { BundleBook } from './bundle.view';
import type { Claimed, ClaimReservation } from './claim-reservation';
import { reservation } from './reservation';
import type { Choice } from './out-of-stock';
import type { ReserveStock } from './reserve-stock';

/** What `ReserveStock` decides on: the place that is named, or every place that could have the goods, the nearest first. */
export async function choiceFor(command: ReserveStock, get: Resolve): Promise<Choice> {
  const { reservationId, location, deliverTo, channel } = command;
  if ((location === undefined) === (deliverTo === undefined)) throw placeRequired();
  const lines = stockedLines(await get(BundleBook).takeApart(command.lines));
  const { shelves } = await get(StockMap).lately(lines.map(({ sku }) => sku));
  if (location !== undefined) return { lines, shelves, candidates: [{ location, distanceKm: 0 }] };
  const wanted = Object.assign(new AllocateOrder(), { orderId: reservationId, demand: 'direct', lines, deliverTo, channel });
  return { lines, shelves, ...(await everyPlace(wanted, get)) };
}

/** What an order would take over, and how far that is; undefined when nothing is held. */
export async function claimed({ reservationId, lines, deliverTo }: ClaimReservation, get: Resolve): Promise<Claimed | undefined> {
  const streams = get(Streams);
  const { state: held } = await streams.read(reservation, reservationId);
  if (held.status !== 'held' || held.demand !== 'direct') return undefined;
  const { state: known } = await streams.read(place, held.location);
  const { deliverTo: to } = await get(Vault).reveal({ deliverTo });
  const distanceKm = known && to ? greatCircleKm(known, to) : 0;
  return { location: held.location, distanceKm, lines: stockedLines([...held.lines, ...lines]) };
}

function placeRequired(): Refusal {
  return new Refusal(
    'place-required',
    'A reservation is made at a place, or near where the goods shall go; this one names neither or both.',
    'Send either `location` or `deliverTo`.',
  );
}
