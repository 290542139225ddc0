import type { CustomerEvents } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';

/** What a customer wants done with what is known of them; undefined when they never said. Keys by id. */
export type Customer = undefined | { status: 'erasing'; keys: string[] } | { status: 'erased' };

export const customer: Aggregate<Customer, CustomerEvents> = {
  category: 'customer',
  initial: undefined,
  evolve: {
    CustomerErasureRequested: (_, { keys }) => ({ status: 'erasing', keys }),
    CustomerErased: () => ({ status: 'erased' }),
  },
};
