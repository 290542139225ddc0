import type { Batch, ChainResult, ChainStatus } from './event-store';

/** The part of a batch whose groups have not failed, and which chains of the whole these are. */
export function without(batch: Batch, failed: ReadonlySet<number>): { batch: Batch; chains: number[] } {
  const chains = batch.chains.flatMap(({ group }, n) => (failed.has(group) ? [] : [n]));
  if (failed.size === 0) return { batch, chains };
  const commands = batch.commands.flatMap(({ group }, n) => (failed.has(group) ? [] : [n]));
  const chainAt = new Map(chains.map((n, m) => [n, m]));
  const commandAt = new Map(commands.map((n, m) => [n, m]));
  const events = batch.events.flatMap((event) => {
    const [chain, command] = [chainAt.get(event.chain), commandAt.get(event.command)];
    return chain === undefined || command === undefined ? [] : [{ ...event, chain, command }];
  });
  const pick = <T>(all: readonly T[], wanted: readonly number[]): T[] => wanted.flatMap((n) => all.slice(n, n + 1));
  return { batch: { chains: pick(batch.chains, chains), commands: pick(batch.commands, commands), events }, chains };
}

/** Notes which groups have failed, and what that means for each of their chains. */
export function fail(
  { chains }: Batch,
  { moved, repeated }: { moved: ReadonlySet<number>; repeated: ReadonlySet<number> },
  { failed, results }: { failed: Set<number>; results: ChainResult[] },
): void {
  const groups = new Set([...repeated, ...[...moved].map((n) => chains[n]?.group ?? -1)]);
  chains.forEach(({ group }, n) => {
    if (!groups.has(group)) return;
    const status: ChainStatus = repeated.has(group) ? 'duplicate' : moved.has(n) ? 'conflict' : 'sibling';
    results[n] = { status, base: 0 };
  });
  groups.forEach((group) => failed.add(group));
}
