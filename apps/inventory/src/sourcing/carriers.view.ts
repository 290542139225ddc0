import { Streams, type Resolve } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import type { AllocateOrder } from '../reservations/allocate-order';
import type { HoldNearby } from '../reservations/hold-nearby';
import { reservation } from '../reservations/reservation';
import { Search } from './search';
import type { Wanted } from './place';
import { noted, type About } from './noted.view';
import { everywhere, nearby, type Proposal } from './proposal';
import { RuleBook } from './rule-book.provider';
import { StockMap } from './stock-map.view';

/** What `HoldNearby` tries, from the availability view as it was at most a moment ago. Without goods there is nothing to be quick for. */
export async function placesNearby(order: HoldNearby, get: Resolve): Promise<Proposal> {
  if (order.lines.length === 0) return { candidates: [] };
  const rule = await get(RuleBook).inForce();
  const wanted = await opened(order, get(Vault));
  const { candidates, decision } = nearby(new Search(wanted, await get(StockMap).lately(skusOf(order)), rule));
  return candidates.length === 0 ? { candidates } : { candidates, sourced: await noted(aboutOf(order), rule, { decision, get }) };
}

/**
 * What `AllocateOrder` decides on: every place that could hold the order. The view is behind the log by a moment, and a place
 * that was stocked in that moment must not be overlooked, or the order would be refused wrongly: so this waits until
 * the view has everything that the log held when it was asked. Orders that are held already, nearly all, do not wait.
 */
export async function everyPlace(order: AllocateOrder, get: Resolve): Promise<Proposal> {
  if (await isDecided(order.orderId, get(Streams))) return { candidates: [] };
  const rule = await get(RuleBook).inForce();
  const wanted = await opened(order, get(Vault));
  const { decision, ...found } = everywhere(new Search(wanted, await get(StockMap).completely(skusOf(order)), rule));
  return { ...found, sourced: await noted(aboutOf(order), rule, { decision, get }) };
}

/** The way to a customer is measured from where they are, which is sealed everywhere else. */
async function opened({ demand, lines, channel, service, at, deliverTo }: AllocateOrder, vault: Vault): Promise<Wanted> {
  const terms = { ...(channel && { channel }), ...(service && { service }), ...(at !== undefined && { at }) };
  return { demand, lines, ...terms, ...(await vault.reveal({ deliverTo })) };
}

const aboutOf = ({ orderId: id, demand, deliverTo: beside }: AllocateOrder): About => ({ id, demand, beside });

/** What is decided stays so, so that an old answer from the cache is as good as a new one. */
async function isDecided(orderId: string, streams: Streams): Promise<boolean> {
  const { state } = await streams.recall(reservation, orderId);
  return state.status !== 'undecided';
}

const skusOf = ({ lines }: AllocateOrder): string[] => lines.map(({ sku }) => sku);
