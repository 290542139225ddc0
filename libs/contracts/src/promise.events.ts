/** Where goods are asked for: online, at a till, by a corner shop that restocks. */
export const CHANNELS = ['storefront', 'hema', 'lingshoutong'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Units that are kept for one channel. */
export interface ChannelQuota {
  channel: Channel;
  units: number;
  /** The channels that may take what this one has not used; absent: none. */
  lendsTo?: Channel[];
}

/** How the units of a SKU are shared between the channels. */
export interface PromisePolicy {
  /** Units that are promised to nobody. */
  safetyStock: number;
  /** One for each channel that has one. Where there is less than all of them, those that come first are kept first. */
  quotas: ChannelQuota[];
  /** What the quotas are for (`2026-W31`): another period begins them anew. */
  period?: string;
}

/** Units of a promise that come out of the quota of a channel: its own, or one that lends. */
export interface QuotaDraw {
  channel: Channel;
  quantity: number;
}

/** Stream `promise-policy:<sku>` of `inventory`: how a SKU is shared wherever no policy of the place itself says otherwise. */
export interface PromisePolicyEvents {
  /** Holds at every place, quotas by place; a `StockPromisePolicySet` goes with it for each place that has none of its own. */
  PromisePolicySet: PromisePolicy & { sku: string };
  /** Places without a policy of their own have none now. */
  PromisePolicyWithdrawn: { sku: string };
}

/** Stream `stock:<sku>@<location>` of `inventory`: the policy in force there, beside what moves the stock. */
export interface StockPromiseEvents {
  /** From now on promises are made by this policy. Its quotas are whole: what was promised before was drawn from none of them. */
  StockPromisePolicySet: PromisePolicy & {
    sku: string;
    location: string;
    /** Whether it was said of this place, or of the SKU everywhere. */
    scope: 'place' | 'sku';
  };
  /** Whatever is on hand and not reserved may be promised to anybody. */
  StockPromisePolicyWithdrawn: { sku: string; location: string };
}
