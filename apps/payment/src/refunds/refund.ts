import type { RefundEvents } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** Money that went back for a return without an order; undefined until it did. */
export type Refund = RefundEvents['RefundIssued'] | undefined;

export const refund: Aggregate<Refund, RefundEvents> = {
  category: 'refund',
  initial: undefined,
  evolve: { RefundIssued: (_, facts) => facts },
};

/** What somebody is told who asks for a refund that nobody was paid. */
export function unknownRefund(returnId: string): Refusal {
  return new Refusal(
    'unknown-refund',
    `No money has gone back for a return ${returnId.slice(0, 80)}.`,
    'Ask again in a moment if POST /storefront/returns has just answered, or send its position as After-Position.',
    'not-found',
  );
}
