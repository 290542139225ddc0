import type { SourcingRule, SourcingRuleEvents } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';

/** By which everybody begins: the nearest place that is not busy or nearly out of it; whole orders only. */
export const FIRST_RULE: SourcingRule = {
  weights: { distance: 1, promise: 1, cost: 0, split: 25, freshness: 5, load: 5 },
  maxKm: 20_100,
  thirtyMinuteKm: 3,
  maxExcessKm: 25,
  maxParcels: 1,
  cost: { parcelMinor: { warehouse: 500, store: 700, 'corner-shop': 700, locker: 700 }, perKmMinor: 5 },
  freshDays: 7,
};

/** The rules that were set, in order; the last is in force. */
export type SourcingRules = readonly SourcingRule[];

export const sourcingRule: Aggregate<SourcingRules, SourcingRuleEvents> = {
  category: 'sourcing-rule',
  initial: [],
  evolve: { SourcingRuleSet: (rules, { rule }) => [...rules, rule] },
};

/** The one stream of rules that there is. */
export const ORDERS = 'orders';

/** A rule and its version: as many as were set until then. */
export interface RuleInForce extends SourcingRule {
  version: number;
}

/** The rule by which orders are sourced now. */
export function ruleInForce(rules: SourcingRules): RuleInForce {
  return ruleOf(rules, rules.length) ?? { version: 0, ...FIRST_RULE };
}

/** The rule of a version; undefined where there was none. */
export function ruleOf(rules: SourcingRules, version: number): RuleInForce | undefined {
  const rule = version === 0 ? FIRST_RULE : rules[version - 1];
  return rule && { version, ...rule };
}
