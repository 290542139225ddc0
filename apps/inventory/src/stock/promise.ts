import type { Channel, QuotaDraw } from '#libs/contracts';

/** What of a quota nobody has used yet, and who else may. */
export interface OpenQuota {
  channel: Channel;
  unused: number;
  lendsTo: readonly Channel[];
}

/** What there is to promise, and what of it is spoken for. */
export interface Supply {
  onHand: number;
  reserved: number;
  /** Units on hand that are kept from sale; absent: none. */
  quarantined?: number;
  safetyStock: number;
  /** Units that are on their way and will be there in time. */
  inbound: number;
  quotas: readonly OpenQuota[];
}

/** What one channel is promised at most, with the terms that add up to it. */
export interface ChannelPromise {
  channel: Channel;
  /** On hand, less reserved and quarantined, less the safety stock, less what is kept for other channels, and inbound; below zero: nothing. */
  available: number;
  /** Units of other channels' unused quotas that this one may not borrow. */
  keptForOthers: number;
}

/** Units that may be promised to somebody: below zero where facts have eaten into the safety stock, or into what is promised. */
export function free({ onHand, reserved, quarantined = 0, safetyStock, inbound }: Supply): number {
  return onHand - reserved - quarantined - safetyStock + inbound;
}

/** What a channel may be promised now: everything that is free, but for what is kept for others who do not lend to it. */
export function promiseTo(channel: Channel, supply: Supply): ChannelPromise {
  let keptForOthers = 0;
  for (const { quota, units } of sharesOf(supply)) if (!mayDrawOn(quota, channel)) keptForOthers += units;
  return { channel, keptForOthers, available: free(supply) - keptForOthers };
}

/**
 * Which quotas a promise of so many units comes out of: the channel's own first, then what belongs to nobody, and only
 * then what others lend. A promise within `promiseTo` leaves what is kept for everybody else as it was.
 */
export function drawsOf(channel: Channel, quantity: number, supply: Supply): QuotaDraw[] {
  const shares = sharesOf(supply);
  const pool = free(supply) - shares.reduce((sum, { units }) => sum + units, 0);
  const own = shares.filter(({ quota }) => quota.channel === channel);
  const lent = shares.filter(({ quota }) => quota.channel !== channel && mayDrawOn(quota, channel));
  const draws: QuotaDraw[] = [];
  let left = draw(quantity, own, draws);
  left -= Math.min(left, Math.max(0, pool));
  draw(left, lent, draws);
  return draws;
}

/** The units of a quota that are there to be kept. */
interface Share {
  quota: OpenQuota;
  units: number;
}

/** Where there is less than all quotas together, the first come first, so that no unit is kept for two. */
function sharesOf(supply: Supply): Share[] {
  let left = Math.max(0, free(supply));
  return supply.quotas.map((quota) => {
    const units = Math.min(quota.unused, left);
    left -= units;
    return { quota, units };
  });
}

function mayDrawOn({ channel: owner, lendsTo }: OpenQuota, channel: Channel): boolean {
  return owner === channel || lendsTo.includes(channel);
}

/** Takes what it can from these; gives what is left to be found elsewhere. */
function draw(quantity: number, shares: readonly Share[], draws: QuotaDraw[]): number {
  let left = quantity;
  for (const { quota, units } of shares) {
    const taken = Math.min(left, units);
    if (taken > 0) draws.push({ channel: quota.channel, quantity: taken });
    left -= taken;
  }
  return left;
}
