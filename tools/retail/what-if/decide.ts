import { greatCircleKm } from '../../../apps/inventory/src/locations/great-circle';
import { location as place } from '../../../apps/inventory/src/locations/location';
import { AllocateOrder, allocateOrder } from '../../../apps/inventory/src/reservations/allocate-order';
import { ClaimReservation, claimReservation, type Claimed } from '../../../apps/inventory/src/reservations/claim-reservation';
import { hold, shortAt } from '../../../apps/inventory/src/reservations/hold';
import { HoldNearby, holdNearby } from '../../../apps/inventory/src/reservations/hold-nearby';
import { reservation } from '../../../apps/inventory/src/reservations/reservation';
import { leaving, notAgain, SourceAgain, sourceAgain } from '../../../apps/inventory/src/reservations/source-again';
import { Search, type Whereabouts } from '../../../apps/inventory/src/sourcing/search';
import { CHANNEL_OF, type Wanted } from '../../../apps/inventory/src/sourcing/place';
import { everywhere, nearby } from '../../../apps/inventory/src/sourcing/proposal';
import type { Candidate } from '../../../apps/inventory/src/sourcing/score';
import { ORDERS, ruleInForce, ruleOf, sourcingRule } from '../../../apps/inventory/src/sourcing/sourcing-rule';
import { promisable } from '../../../apps/inventory/src/stock/promised';
import { stock, type Stock } from '../../../apps/inventory/src/stock/stock';
import { parcelsOf, stockedLines, type HeldGoods, type SourcingRule } from '#libs/contracts';
import { Refusal, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import type { Change } from './change';
import type { Asked, Outcome, Step } from './script';
import type { World } from './world';

/** What the rules of the inventory service say to a wish, and what that means. */
export interface Decision {
  events: StreamEvents[];
  outcome: Outcome;
}

type Move = Extract<Step, { kind: 'move' }>;

const AT = { now: '', by: 'what-if' };

/**
 * Does what the service does with an order: what was held for it, else the nearest places, else every place that could have the
 * goods. The service looks for places in a view, which may be a moment behind; here it never is.
 */
export function decide(asked: Asked, really: Outcome, world: World, change: Change): Decision {
  const stateOf = withSafetyStock(world.stateOf, change.safetyStock);
  if (!asked.deliverTo) return asItWas(asked, really, stateOf);
  const claimed = claim(asked, stateOf);
  if (claimed.events.length > 0) return claimed;
  const { orderId, demand, lines, deliverTo, service, at } = asked;
  const order = { orderId, demand, lines, deliverTo, ...(service && { service }), ...(at !== undefined && { at }) };
  const search = new Search(order, whereaboutsOf(order, world, stateOf), change.rule ?? ruleOfThen(world, really.rule));
  const { candidates: near } = nearby(search);
  const held = holdNearby(Object.assign(new HoldNearby(), order), stateOf, { ...AT, given: { candidates: near } });
  if (held.length > 0) return told(held, near);
  const all = everywhere(search);
  return told(allocateOrder(Object.assign(new AllocateOrder(), order), stateOf, { ...AT, given: all }), all.candidates);
}

/** What the service does when a place cannot give what it holds; nothing where, in this run, it holds nothing of the order. */
export function decideAgain(step: Move, asked: Asked | undefined, world: World, change: Change): StreamEvents[] {
  const { orderId: reservationId, from, reason } = step;
  const stateOf = withSafetyStock(world.stateOf, change.safetyStock);
  const held = stateOf(reservation, reservationId);
  const parcel = held.status === 'held' ? leaving(held, from) : undefined;
  if (held.status !== 'held' || !parcel) return [];
  const { lines } = parcel;
  const wanted = { demand: held.demand, lines, deliverTo: asked?.deliverTo ?? null };
  const where = whereaboutsOf(wanted, world, stateOf);
  const rule = change.rule ?? ruleOfThen(world);
  const parcelsLeft = rule.maxParcels - parcelsOf(held).length + 1;
  const found = everywhere(new Search(wanted, where, rule, notAgain(held)), parcelsLeft);
  const given = { lines, shelves: where.shelves, ...found };
  const command = Object.assign(new SourceAgain(), { reservationId, reason, location: from });
  try {
    return sourceAgain(command, stateOf, { ...AT, given });
  } catch (error) {
    // Nobody else has it: it stays where it is, as in the service.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** The rule by which it was decided, or that in force: services follow a new one within half a second. */
function ruleOfThen({ stateOf }: World, version?: number): SourcingRule {
  const rules = stateOf(sourcingRule, ORDERS);
  return (version === undefined ? undefined : ruleOf(rules, version)) ?? ruleInForce(rules);
}

/** Of whom nobody knows where they are, the goods come from where they came from, or from nowhere. */
function asItWas(asked: Asked, { location, distanceKm }: Outcome, stateOf: StateOf): Decision {
  const isUndecided = stateOf(reservation, asked.orderId).status === 'undecided';
  if (!isUndecided || location === undefined || shortAt(location, asked, stateOf).length > 0) return told([], []);
  return told(hold(asked, { location, distanceKm }, stateOf), [{ location, distanceKm }]);
}

/** Where its goods can be promised to an order; for an order without goods, every place. */
function whereaboutsOf({ demand, lines }: Wanted, world: World, stateOf: StateOf): Whereabouts {
  const skus = lines.map(({ sku }) => sku);
  return world.whereabouts(skus, (id) => promisable(stateOf(stock, id), CHANNEL_OF[demand]));
}

/** What an order takes over. */
function claim({ orderId, reservationId, lines, deliverTo }: Asked, stateOf: StateOf): Decision {
  const held = reservationId === undefined ? undefined : stateOf(reservation, reservationId);
  if (held?.status !== 'held' || held.demand !== 'direct' || !deliverTo) return told([], []);
  const known = stateOf(place, held.location);
  const distanceKm = known ? greatCircleKm(known, deliverTo) : 0;
  const given: Claimed = { location: held.location, distanceKm, lines: stockedLines([...held.lines, ...lines]) };
  const command = Object.assign(new ClaimReservation(), { orderId, reservationId, lines, deliverTo });
  return told(claimReservation(command, stateOf, { ...AT, given }), [given]);
}

/** Whatever policy is in force keeps back so many units instead of its own. */
function withSafetyStock(stateOf: StateOf, safetyStock: number | undefined): StateOf {
  if (safetyStock === undefined) return stateOf;
  return (aggregate, id) => {
    const state = stateOf(aggregate, id);
    if (aggregate.category !== stock.category) return state;
    const { policy = { scope: 'sku', quotas: [] }, ...rest } = state as Stock;
    return { ...rest, policy: { ...policy, safetyStock } } as typeof state;
  };
}

function told(events: StreamEvents[], candidates: readonly Candidate[]): Decision {
  const made = events.flatMap((part) => part.events).find(({ type }) => type === 'StockReservationMade');
  if (!made) return { events, outcome: { location: undefined, distanceKm: 0 } };
  const { location, parcels, distanceKm: rounded } = made.data as HeldGoods & { distanceKm: number };
  if (parcels) return { events, outcome: { location, distanceKm: rounded, parcels: parcels.length } };
  const distanceKm = candidates.find((candidate) => candidate.location === location)?.distanceKm ?? rounded;
  return { events, outcome: { location, distanceKm } };
}
