import type { CustomerEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Customer } from './customer';

/** A customer wants to be forgotten. */
export class EraseCustomer {
  /** From the path. */
  customer!: string;
}

/**
 * Names the keys that are to go (`given`: those that there are now), so that doing it later, or twice, never touches the key
 * that the same customer gets for a new order. Sums are not concerned: they are kept by the customer's id and by amounts.
 */
export const eraseCustomer: Decide<EraseCustomer, Customer, CustomerEvents, string[]> = ({ customer }, state, { given: keys }) =>
  state?.status === 'erasing' ? [] : [{ type: 'CustomerErasureRequested', data: { customer, keys } }];
