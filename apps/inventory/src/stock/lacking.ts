import type { StockLine } from '#libs/contracts';
import { Refusal, type StateOf } from '#libs/eventsourcing/vocabulary';
import { available, stock, stockId } from './stock';

/** A line of which a place has not enough. */
export interface Lacking {
  sku: string;
  requested: number;
  available: number;
  onHand: number;
  reserved: number;
}

const MAX_NAMED = 3;

/** The lines of which a place has less available than shall be taken away from it. */
export function lacking(location: string, lines: readonly StockLine[], stateOf: StateOf): Lacking[] {
  return lines.flatMap(({ sku, quantity: requested }) => {
    const state = stateOf(stock, stockId(sku, location));
    const free = Math.max(0, available(state));
    if (free >= requested) return [];
    return [{ sku, requested, available: free, onHand: state.onHand, reserved: state.reserved.units }];
  });
}

/** 409 `out-of-stock`, with the lines under `short`. @param what is wrong, as the beginning of a sentence */
export function notEnough(what: string, location: string, short: readonly Lacking[]): Refusal {
  const named = short.slice(0, MAX_NAMED).map(({ sku, requested, available: free }) => `${free} of ${requested} ${sku}`);
  const more = short.length > MAX_NAMED ? ` and ${short.length - MAX_NAMED} more` : '';
  const detail = `${what}: ${named.join(', ')}${more}. Nothing has moved.`;
  const remedy = 'Name as much as `short` says is available; what is reserved has to leave with its order or be released first.';
  return Object.assign(new Refusal('out-of-stock', detail, remedy, 'conflict'), { facts: { location, short } });
}
