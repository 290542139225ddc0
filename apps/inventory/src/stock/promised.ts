import type { Channel, QuotaDraw, ReservationEvents, StockLine } from '#libs/contracts';
import { to, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';
import { drawsOf, promiseTo, type Supply } from './promise';
import { drawsHeldBy, openQuotas } from './quotas';
import { available, stock, stockId, type Stock } from './stock';

type Short = ReservationEvents['StockReservationRefused']['short'][number];

/** What a stock has to promise, and by its policy to whom; `inbound` units are counted as if they were there. */
export function supplyOf(state: Stock, inbound = 0): Supply {
  const { onHand, reserved, quarantined = 0, policy } = state;
  const terms = { onHand, reserved: reserved.units, quarantined, inbound };
  return policy
    ? { ...terms, safetyStock: policy.safetyStock, quotas: openQuotas(policy) }
    : { ...terms, safetyStock: 0, quotas: [] };
}

/** Units that a channel can be promised now; below zero where there is less than nothing. Without a policy it is whatever is available. */
export function promisable(state: Stock, channel: Channel): number {
  return state.policy ? promiseTo(channel, supplyOf(state)).available : available(state);
}

/** The lines of which a place cannot promise so many units to a channel now, by its stock streams; nothing when it can promise all. */
export function shortOf(
  { location, channel }: { location: string; channel: Channel },
  lines: readonly StockLine[],
  stateOf: StateOf,
): Short[] {
  return lines
    .map(({ sku, quantity }) => ({
      ...{ sku, requested: quantity },
      available: promisable(stateOf(stock, stockId(sku, location)), channel),
    }))
    .filter((line) => line.available < line.requested)
    .map((line) => ({ ...line, available: Math.max(0, line.available) }));
}

/** A promise of each line to a reservation, out of the quotas that the policy of each stock says. */
export function promiseEach(
  { location, reservationId, channel }: { location: string; reservationId: string; channel: Channel },
  lines: readonly StockLine[],
  stateOf: StateOf,
): StreamEvents[] {
  return lines.map(({ sku, quantity }) => {
    const state = stateOf(stock, stockId(sku, location));
    const draws = state.policy ? drawsOf(channel, quantity, supplyOf(state)) : [];
    const data = { sku, quantity, location, reservationId, ...noted(draws) };
    return to(stock, stockId(sku, location), { type: 'StockReserved', data });
  });
}

/** Gives each line of a reservation back, and to the quotas what was drawn from them. */
export function releaseEach(
  { location, reservationId }: { location: string; reservationId: string },
  lines: readonly StockLine[],
  stateOf: StateOf,
): StreamEvents[] {
  return lines.map(({ sku, quantity }) => {
    const { policy } = stateOf(stock, stockId(sku, location));
    const draws = policy ? drawsHeldBy(policy, reservationId) : [];
    const data = { sku, quantity, location, reservationId, ...noted(draws) };
    return to(stock, stockId(sku, location), { type: 'StockReleased', data });
  });
}

const noted = (draws: QuotaDraw[]): { draws?: QuotaDraw[] } => (draws.length > 0 ? { draws } : {});
