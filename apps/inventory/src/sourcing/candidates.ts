import { closest } from './part-carriers';
import { byDistance, byPoints, type Scored } from './score';
import type { Search } from './search';

const MAX_CANDIDATES = 10;

/**
 * The places that seem to have the whole order and that the rule allows, best first: none is more than `maxExcessKm` farther than
 * the nearest of them. The tree is asked for the nearest and for what is around, so that places out of reach are not looked at.
 */
export function allowedPlaces(search: Search): Scored[] {
  const { reachKm } = search;
  if (reachKm === undefined) return [];
  const around = search.around(reachKm).filter((place) => search.obstacleAt(place) === undefined);
  const scored = around.map((place) => search.score(place));
  // The tree gives a few meters more.
  return scored.filter(({ distanceKm }) => distanceKm <= reachKm).sort(byPoints);
}

/**
 * The places that could hold the whole order, ten at most: those that the rule allows, best first, then the others that seem to have
 * everything, nearest first; so that whoever takes the first that really has it keeps to the rule. Last come those that carry
 * everything but seem sold out. When no place carries everything, the one that comes closest, which tells what is missing.
 */
export function everyChance(search: Search): Scored[] {
  const allowed = allowedPlaces(search);
  const known = new Set(allowed.map(({ location }) => location));
  const giving = search.numbers.filter((place) => search.standingObstacle(place) === undefined && search.carriesAll(place));
  const rest = giving.filter((place) => !known.has(search.placeOf(place).location));
  const nearestFirst = (hasAll: boolean): Scored[] =>
    rest
      .filter((place) => (search.obstacleAt(place) === undefined) === hasAll)
      .map((place) => search.score(place))
      .sort(byDistance);
  const found = [...allowed, ...nearestFirst(true), ...nearestFirst(false)].slice(0, MAX_CANDIDATES);
  return found.length > 0 ? found : closest(search);
}
