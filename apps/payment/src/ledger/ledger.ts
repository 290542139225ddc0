import type { LedgerEvents } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** One correction of the books; undefined until it is made. */
export type LedgerAdjustment = LedgerEvents['LedgerAdjusted'] | undefined;

export const ledger: Aggregate<LedgerAdjustment, LedgerEvents> = {
  category: 'ledger',
  initial: undefined,
  evolve: { LedgerAdjusted: (_, facts) => facts },
};

/** What somebody is told who asks for a correction that nobody made. */
export function unknownAdjustment(adjustmentId: string): Refusal {
  return new Refusal(
    'unknown-ledger-adjustment',
    `There is no ledger adjustment ${adjustmentId.slice(0, 80)}.`,
    'Use the id that POST /payment/ledger-adjustments answered.',
    'not-found',
  );
}
