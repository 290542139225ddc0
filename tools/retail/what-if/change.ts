import type { SourcingRule } from '#libs/contracts';

/** What is to be different; nothing of it: the base line. */
export interface Change {
  /** Units that are promised to nobody, of every SKU at every place. */
  safetyStock?: number;
  /** After so many seconds goods are let go that are held for an order which is not confirmed yet. */
  ttlSeconds?: number;
  /** Orders are sourced by this rule, instead of the one that was in force. */
  rule?: SourcingRule;
}
