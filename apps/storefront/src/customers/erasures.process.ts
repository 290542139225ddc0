import type { CustomerEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { ConfirmErasure } from './confirm-erasure';

/** What was promised to a customer is done, also when the service that promised it died in between. */
export const erasuresDestroyKeys = processOf<CustomerEvents>()({
  name: 'erasures-destroy-keys',
  sources: ['storefront'],
  on: {
    CustomerErasureRequested: ({ data: { customer, keys } }) => [Object.assign(new ConfirmErasure(), { customer, keys })],
  },
});
