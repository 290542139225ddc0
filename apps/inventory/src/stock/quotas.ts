import type { Channel, PromisePolicy, QuotaDraw, StockPromiseEvents } from '#libs/contracts';
import { heldBy, NO_HOLDS, withHold, type Holds } from './holds';
import type { OpenQuota } from './promise';

/** One channel's quota as it was given, and what became of it. */
interface Quota {
  channel: Channel;
  units: number;
  lendsTo: readonly Channel[];
  /** What open reservations have drawn from it. */
  drawn: Holds;
  /** What has left the place out of it. */
  gone: number;
}

/** The policy by which promises are made at one place. */
export interface PolicyInForce {
  scope: 'place' | 'sku';
  safetyStock: number;
  quotas: readonly Quota[];
  period?: string;
}

/** A policy as it begins: nothing is drawn. */
export function begun({ scope, safetyStock, quotas, period }: StockPromiseEvents['StockPromisePolicySet']): PolicyInForce {
  return {
    ...{ scope, safetyStock },
    quotas: quotas.map(({ channel, units, lendsTo = [] }) => ({ channel, units, lendsTo, drawn: NO_HOLDS, gone: 0 })),
    ...(period !== undefined && { period }),
  };
}

/** The policy as it was set, whatever became of it since. */
export function asSet({ safetyStock, quotas, period }: PolicyInForce): PromisePolicy {
  return {
    safetyStock,
    quotas: quotas.map(({ channel, units, lendsTo }) => ({
      channel,
      units,
      ...(lendsTo.length > 0 && { lendsTo: [...lendsTo] }),
    })),
    ...(period !== undefined && { period }),
  };
}

/** What is left of each quota. */
export function openQuotas(policy: PolicyInForce): OpenQuota[] {
  return policy.quotas.map((quota) => ({ channel: quota.channel, lendsTo: quota.lendsTo, unused: unused(quota) }));
}

/** After a promise was made out of the quotas. */
export function drawn(policy: PolicyInForce, reservationId: string, draws: readonly QuotaDraw[]): PolicyInForce {
  if (draws.length === 0) return policy;
  return each(policy, (quota) => {
    const units = draws.find(({ channel }) => channel === quota.channel)?.quantity ?? 0;
    return units === 0 ? quota : { ...quota, drawn: withHold(quota.drawn, reservationId, units) };
  });
}

/** What a reservation has drawn and not given back. */
export function drawsHeldBy(policy: PolicyInForce, reservationId: string): QuotaDraw[] {
  return policy.quotas
    .map(({ channel, drawn: holds }) => ({ channel, quantity: heldBy(holds, reservationId) }))
    .filter(({ quantity }) => quantity > 0);
}

/** After a promise was given back: its quotas have again what it drew. */
export function givenBack(policy: PolicyInForce, reservationId: string): PolicyInForce {
  return each(policy, (quota) => ({ ...quota, drawn: withHold(quota.drawn, reservationId, 0) }));
}

/** After promised units left: what they drew is used up. */
export function usedUp(policy: PolicyInForce, reservationId: string): PolicyInForce {
  return each(policy, (quota) => {
    const units = heldBy(quota.drawn, reservationId);
    return units === 0 ? quota : { ...quota, drawn: withHold(quota.drawn, reservationId, 0), gone: quota.gone + units };
  });
}

/** After a channel took units that it was not promised, as a till does: its own quota is used up first. */
export function taken(policy: PolicyInForce, channel: Channel, quantity: number): PolicyInForce {
  return each(policy, (quota) =>
    quota.channel === channel ? { ...quota, gone: quota.gone + Math.min(quantity, unused(quota)) } : quota,
  );
}

function unused({ units, drawn: { units: held }, gone }: Quota): number {
  return units - held - gone;
}

function each(policy: PolicyInForce, change: (quota: Quota) => Quota): PolicyInForce {
  return { ...policy, quotas: policy.quotas.map(change) };
}
