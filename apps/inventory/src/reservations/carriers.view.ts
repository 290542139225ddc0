import { DataSource } from 'typeorm';
import { Consumers, Streams, streamId, type Resolve } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import type { AllocateOrder } from './allocate-order';
import type { HoldNearby } from './hold-nearby';
import { reservation, type Reservation } from './reservation';
import { everyChance, nearby, SOURCES, type Candidate, type Carrier, type Wanted } from './sourcing';

/** One round trip along the primary key of the availability view, however many places there are. */
const CARRIERS = `
  SELECT place.id AS location, place.latitude, place.longitude, count(*)::int AS carried,
         (count(*) FILTER (WHERE stock.available >= wanted.quantity))::int AS sufficient
  FROM unnest($1::text[], $2::bigint[]) AS wanted (sku, quantity)
  JOIN inventory.availability stock ON stock.sku = wanted.sku
  JOIN inventory.location place ON place.id = stock.location AND place.kind = ANY ($3::text[])
  GROUP BY place.id
  HAVING count(*) FILTER (WHERE stock.available >= wanted.quantity) >= $4`;

/** An order without goods can be held anywhere. */
const PLACES = `
  SELECT id AS location, latitude, longitude, 0 AS carried, 0 AS sufficient FROM inventory.location WHERE kind = ANY ($1::text[])`;

const PATIENCE_MS = 10_000;

/** What `HoldNearby` tries, from the availability view as it is at this moment. */
export async function placesNearby(order: HoldNearby, get: Resolve): Promise<Candidate[]> {
  const wanted = await opened(order, get(Vault));
  return nearby(wanted, await carriers(wanted, order.lines.length, get(DataSource)));
}

/**
 * What `AllocateOrder` decides on: every place that could hold the order. The view is behind the log by a moment, and a place
 * that was stocked in that moment must not be overlooked, or the order would be refused wrongly: so this waits until
 * the view has everything that the log held when it was asked. Orders that are held already, nearly all, do not wait.
 */
export async function everyPlace(order: AllocateOrder, get: Resolve): Promise<Candidate[]> {
  if (await isDecided(order.orderId, get(Streams))) return [];
  if (!(await get(Consumers).caughtUp(PATIENCE_MS))) throw viewIsBehind();
  const wanted = await opened(order, get(Vault));
  return everyChance(wanted, await carriers(wanted, 0, get(DataSource)));
}

/** The way to a customer is measured from where they are, which is sealed everywhere else. */
async function opened({ demand, lines, deliverTo }: AllocateOrder, vault: Vault): Promise<Wanted> {
  return { demand, lines, ...(await vault.reveal({ deliverTo })) };
}

/** What is decided stays so, so that an old answer from the cache is as good as a new one. */
async function isDecided(orderId: string, streams: Streams): Promise<boolean> {
  await streams.warm([{ aggregate: reservation, id: orderId }]);
  const known = streams.cache.get(streamId(reservation, orderId))?.state as Reservation | undefined;
  return known !== undefined && known.status !== 'undecided';
}

async function carriers({ demand, lines }: Wanted, sufficient: number, db: DataSource): Promise<Carrier[]> {
  const kinds = SOURCES[demand];
  if (lines.length === 0) return db.query<Carrier[]>(PLACES, [kinds]);
  const skus = lines.map(({ sku }) => sku);
  const quantities = lines.map(({ quantity }) => quantity);
  return db.query<Carrier[]>(CARRIERS, [skus, quantities, kinds, sufficient]);
}

/** A fault of the kind after which the process asks again: no answer is better than a wrong one. */
function viewIsBehind(): Error {
  const message =
    'The availability view is behind the log, so that a refusal could be wrong. GET /inventory/consumers says how far.';
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}
