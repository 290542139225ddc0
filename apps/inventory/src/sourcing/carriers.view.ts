import { isSealed, type Sourced, type SourcingDecision } from '#libs/contracts';
import { Streams, streamId, type Resolve } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import type { AllocateOrder } from '../reservations/allocate-order';
import type { HoldNearby } from '../reservations/hold-nearby';
import { reservation, type Reservation } from '../reservations/reservation';
import { Search } from './candidates';
import type { Wanted } from './place';
import { everywhere, nearby, withoutWays, type Proposal } from './proposal';
import { RuleBook } from './rule-book.provider';
import type { RuleInForce } from './sourcing-rule';
import { StockMap } from './stock-map.view';

/** What `HoldNearby` tries, from the availability view as it was at most a moment ago. Without goods there is nothing to be quick for. */
export async function placesNearby(order: HoldNearby, get: Resolve): Promise<Proposal> {
  if (order.lines.length === 0) return { candidates: [] };
  const rule = await get(RuleBook).inForce();
  const wanted = await opened(order, get(Vault));
  const { candidates, decision } = nearby(new Search(wanted, await get(StockMap).lately(skusOf(order)), rule));
  return candidates.length === 0 ? { candidates } : { candidates, sourced: await noted(order, rule, { decision, get }) };
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
  const { candidates, decision } = everywhere(new Search(wanted, await get(StockMap).completely(skusOf(order)), rule));
  return { candidates, sourced: await noted(order, rule, { decision, get }) };
}

/** The way to a customer is measured from where they are, which is sealed everywhere else. */
async function opened({ demand, lines, channel, service, at, deliverTo }: AllocateOrder, vault: Vault): Promise<Wanted> {
  const terms = { ...(channel && { channel }), ...(service && { service }), ...(at !== undefined && { at }) };
  return { demand, lines, ...terms, ...(await vault.reveal({ deliverTo })) };
}

interface Found {
  decision: SourcingDecision;
  get: Resolve;
}

/**
 * What is written down of a decision. Ways from several places tell where somebody lives: they are sealed with the key with
 * which that is sealed, and left out where there is none; of a shop everybody may know them.
 */
async function noted(order: AllocateOrder, { version: rule }: RuleInForce, { decision, get }: Found): Promise<Sourced> {
  const { orderId, demand, deliverTo } = order;
  if (demand === 'supply-order') return { rule, sourcing: decision };
  if (!isSealed(deliverTo)) return { rule, sourcing: withoutWays(decision) };
  const sealed = await get(Vault).sealBeside(deliverTo, orderId, { sealedSourcing: decision });
  return { rule, ...(sealed ?? { sourcing: withoutWays(decision) }) };
}

/** What is decided stays so, so that an old answer from the cache is as good as a new one. */
async function isDecided(orderId: string, streams: Streams): Promise<boolean> {
  await streams.warm([{ aggregate: reservation, id: orderId }]);
  const known = streams.cache.get(streamId(reservation, orderId))?.state as Reservation | undefined;
  return known !== undefined && known.status !== 'undecided';
}

const skusOf = ({ lines }: AllocateOrder): string[] => lines.map(({ sku }) => sku);
