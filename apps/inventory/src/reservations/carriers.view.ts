import { DataSource } from 'typeorm';
import { Streams, streamId, type Resolve } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import type { AllocateOrder } from './allocate-order';
import type { HoldNearby } from './hold-nearby';
import { reservation, type Reservation } from './reservation';
import { carriersOf, everyChance, nearby, SOURCES, type Candidate, type Carrier, type Wanted } from './sourcing';
import { StockMap } from './stock-map.view';

/** An order without goods can be held anywhere. */
const PLACES = `
  SELECT id AS location, latitude, longitude, 0 AS carried, 0 AS sufficient FROM inventory.location WHERE kind = ANY ($1::text[])`;

/** What `HoldNearby` tries, from the availability view as it was at most a moment ago. */
export async function placesNearby(order: HoldNearby, get: Resolve): Promise<Candidate[]> {
  const wanted = await opened(order, get(Vault));
  if (order.lines.length === 0) return nearby(wanted, await anywhere(wanted, get));
  return nearby(wanted, carriersOf(wanted, await get(StockMap).lately(skusOf(wanted))));
}

/**
 * What `AllocateOrder` decides on: every place that could hold the order. The view is behind the log by a moment, and a place
 * that was stocked in that moment must not be overlooked, or the order would be refused wrongly: so this waits until
 * the view has everything that the log held when it was asked. Orders that are held already, nearly all, do not wait.
 */
export async function everyPlace(order: AllocateOrder, get: Resolve): Promise<Candidate[]> {
  if (await isDecided(order.orderId, get(Streams))) return [];
  const wanted = await opened(order, get(Vault));
  const stocks = await get(StockMap).completely(skusOf(wanted));
  return everyChance(wanted, order.lines.length === 0 ? await anywhere(wanted, get) : carriersOf(wanted, stocks));
}

/** The way to a customer is measured from where they are, which is sealed everywhere else. */
async function opened({ demand, lines, channel, deliverTo }: AllocateOrder, vault: Vault): Promise<Wanted> {
  return { demand, lines, ...(channel && { channel }), ...(await vault.reveal({ deliverTo })) };
}

/** What is decided stays so, so that an old answer from the cache is as good as a new one. */
async function isDecided(orderId: string, streams: Streams): Promise<boolean> {
  await streams.warm([{ aggregate: reservation, id: orderId }]);
  const known = streams.cache.get(streamId(reservation, orderId))?.state as Reservation | undefined;
  return known !== undefined && known.status !== 'undecided';
}

const skusOf = ({ lines }: Wanted): string[] => lines.map(({ sku }) => sku);

const anywhere = ({ demand }: Wanted, get: Resolve): Promise<Carrier[]> =>
  get(DataSource).query<Carrier[]>(PLACES, [SOURCES[demand]]);
