import type { Considered, Sourced, SourcingDecision } from '#libs/contracts';
import { allowedPlaces, everyChance } from './candidates';
import { partialChances } from './part-carriers';
import type { Search } from './search';
import { byPoints, type Candidate, type Scored } from './score';
import type { Parts } from './split';

/** The places that are asked for goods, in order, and what shall be noted of how they were found. */
export interface Proposal {
  candidates: readonly Candidate[];
  sourced?: Sourced;
  /** Who could hold some of them, where the rule cuts orders. */
  parts?: Parts;
}

/** Candidates, and what was weighed. */
export interface Weighed {
  candidates: Scored[];
  parts?: Parts;
  decision: SourcingDecision;
}

/** Every candidate costs a look at each of its stocks. */
const MAX_NEARBY = 3;
/** Where an order takes no more of what seems to be free than this, others of the same moment leave enough for it. */
const SMALL_PART = 0.05;
const MAX_NOTED = 5;
const MAX_PASSED_OVER = 3;

/** The few best places that seem to have everything; only the best where that has plenty. */
export function nearby(search: Search): Weighed {
  const allowed = allowedPlaces(search);
  const [best] = allowed;
  const few = best && (best.promise ?? 0) <= SMALL_PART ? 1 : MAX_NEARBY;
  return { candidates: allowed.slice(0, few), decision: decisionOn(search, allowed) };
}

/** Every place that could hold the order, and those that could hold some of it where it may be cut into so many parcels. */
export function everywhere(search: Search, maxParcels = search.rule.maxParcels): Weighed {
  const candidates = everyChance(search);
  const allowed = allowedPlaces(search);
  if (maxParcels < 2 || search.wanted.demand !== 'online-order') return { candidates, decision: decisionOn(search, allowed) };
  const places = partialChances(search);
  const decision = decisionOn(search, allowed, allowed.length > 0 ? allowed : [...places].sort(byPoints));
  return { candidates, decision, parts: { places, limits: { ...search.rule, maxParcels } } };
}

function decisionOn(search: Search, allowed: readonly Scored[], best = allowed): SourcingDecision {
  const passedOver = passedOverBy(search, allowed);
  const { deliverTo, service } = search.wanted;
  return {
    feasible: allowed.length,
    considered: best.slice(0, MAX_NOTED).map(noted),
    ...(passedOver.length > 0 && { passedOver }),
    ...(deliverTo && { deliverTo }),
    ...(service && { service }),
  };
}

/** The nearest that could not, of those that are as near as the chosen one; of all places where none could. */
function passedOverBy(search: Search, allowed: readonly Scored[]): NonNullable<SourcingDecision['passedOver']> {
  const farthestKm = Math.max(...allowed.slice(0, 1).map(({ distanceKm }) => distanceKm));
  const looked = allowed.length > 0 ? search.around(farthestKm) : search.numbers;
  return looked
    .flatMap((place) => {
      const obstacle = search.obstacleAt(place);
      return obstacle ? [{ obstacle, place, km: search.kmTo(place) }] : [];
    })
    .sort((a, b) => a.km - b.km || a.place - b.place)
    .slice(0, MAX_PASSED_OVER)
    .map(({ place, obstacle }) => ({ location: search.idOf(place), obstacle }));
}

const TERMS = ['promise', 'costMinor', 'staleness', 'load'] as const;

/** What is none is left out; two digits are as exact as anybody needs it. */
function noted(scored: Scored): Considered {
  const { location, points, distanceKm } = scored;
  const some: Considered = { location, points: rounded(points), distanceKm: rounded(distanceKm) };
  for (const term of TERMS) {
    const value = rounded(scored[term] ?? 0);
    if (value !== 0) some[term] = value;
  }
  return some;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The same without what would tell where somebody lives: no ways, and no order of nearness. */
export function withoutWays({ feasible, considered }: SourcingDecision): SourcingDecision {
  return { feasible, considered: considered.map(({ location }) => ({ location })).sort(byName) };
}

const byName = (a: Considered, b: Considered): number => (a.location < b.location ? -1 : 1);
