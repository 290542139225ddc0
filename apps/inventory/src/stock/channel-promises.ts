import { CHANNELS, type Channel, type PromisePolicy, type QuotaDraw } from '#libs/contracts';
import { promiseTo } from './promise';

/** A policy and how much of its quotas is used: all that is needed to say what can be promised, without the reservations. */
export interface PolicyRow {
  safetyStock: number;
  quotas: { channel: Channel; units: number; lendsTo: Channel[]; used: number }[];
}

/** What each channel can be promised. */
export type Promises = Record<Channel, number>;

/** A policy as it begins. */
export function policyRow({ safetyStock, quotas }: PromisePolicy): PolicyRow {
  return { safetyStock, quotas: quotas.map(({ channel, units, lendsTo = [] }) => ({ channel, units, lendsTo, used: 0 })) };
}

/** After promises were drawn from the quotas, or given back where the sign is -1. */
export function used(policy: PolicyRow | null, draws: readonly QuotaDraw[] | undefined, sign: 1 | -1): PolicyRow | null {
  if (!policy || !draws) return policy;
  return each(policy, (channel) => sign * (draws.find((draw) => draw.channel === channel)?.quantity ?? 0));
}

/** After a till sold units: its own quota goes first. */
export function soldByTill(policy: PolicyRow | null, quantity: number): PolicyRow | null {
  return policy && each(policy, (channel, left) => (channel === 'hema' ? Math.min(quantity, left) : 0));
}

/** What can be promised to each channel where so much is there. */
export function promises(
  level: { onHand: number; reserved: number; quarantined: number },
  { safetyStock, quotas }: PolicyRow,
): Promises {
  const open = quotas.map(({ channel, units, lendsTo, used: gone }) => ({ channel, lendsTo, unused: units - gone }));
  const supply = { ...level, safetyStock, inbound: 0, quotas: open };
  const entries = CHANNELS.map((channel) => [channel, promiseTo(channel, supply).available]);
  return Object.fromEntries(entries) as Promises;
}

function each(policy: PolicyRow, more: (channel: Channel, left: number) => number): PolicyRow {
  const quotas = policy.quotas.map((quota) => ({
    ...quota,
    used: quota.used + more(quota.channel, quota.units - quota.used),
  }));
  return { ...policy, quotas };
}
