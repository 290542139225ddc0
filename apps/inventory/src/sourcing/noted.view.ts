import { isSealed, type Demand, type Sourced, type SourcingDecision } from '#libs/contracts';
import type { Resolve } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import { withoutWays } from './proposal';
import type { RuleInForce } from './sourcing-rule';

/** Whose goods are sourced. */
export interface About {
  id: string;
  demand: Demand;
  /** Something about the same person that is sealed already; anything else where there is no person. */
  beside: unknown;
}

interface Found {
  decision: SourcingDecision;
  get: Resolve;
}

/**
 * What is written down of a decision. Ways from several places tell where somebody lives: they are sealed with the key with
 * which that is sealed, and left out where there is none; of a shop everybody may know them.
 */
export async function noted(
  { id, demand, beside }: About,
  { version: rule }: RuleInForce,
  { decision, get }: Found,
): Promise<Sourced> {
  if (demand === 'supply-order') return { rule, sourcing: decision };
  if (!isSealed(beside)) return { rule, sourcing: withoutWays(decision) };
  const sealed = await get(Vault).sealBeside(beside, id, { sealedSourcing: decision });
  return { rule, ...(sealed ?? { sourcing: withoutWays(decision) }) };
}
