import type { StateOf } from '#libs/eventsourcing/vocabulary';
import type { Proposal } from '../sourcing/proposal';
import { split } from '../sourcing/split';
import { promisable } from '../stock/promised';
import { stock, stockId } from '../stock/stock';
import { channelOf, shortAt, type Asked, type Chosen } from './hold';
import { goodsIn } from './parcels';

/** Who holds goods, by the stocks as they are: the first candidate that has every line, else several places if the rule cuts orders. */
export function chosen(asked: Asked, proposal: Proposal, stateOf: StateOf): Chosen | undefined {
  const { candidates, sourced } = proposal;
  const whole = candidates.find(({ location }) => shortAt(location, asked, stateOf).length === 0);
  const found = whole ? { location: whole.location, distanceKm: whole.distanceKm } : cut(asked, proposal, stateOf);
  return found && { ...found, ...(sourced && { sourced }) };
}

function cut(asked: Asked, { parts }: Proposal, stateOf: StateOf): Chosen | undefined {
  if (!parts || asked.lines.length === 0) return undefined;
  const channel = channelOf(asked);
  const free = (location: string, sku: string): number => promisable(stateOf(stock, stockId(sku, location)), channel);
  const plan = split(asked.lines, parts, free);
  if (!plan) return undefined;
  const { location, parcels } = goodsIn(plan.parcels);
  return { location, distanceKm: plan.distanceKm, ...(parcels && { parcels }) };
}
