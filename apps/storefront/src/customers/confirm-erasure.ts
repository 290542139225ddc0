import type { CustomerEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Customer } from './customer';

/** The keys that an erasure names are destroyed; the wiring does so before the rule is asked. */
export class ConfirmErasure {
  customer!: string;
  keys!: string[];
}

export const confirmErasure: Decide<ConfirmErasure, Customer, CustomerEvents> = ({ customer, keys }, state) =>
  state?.status === 'erasing' ? [{ type: 'CustomerErased', data: { customer, keys } }] : [];
