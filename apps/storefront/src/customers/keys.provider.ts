import type { Resolve } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import type { ConfirmErasure } from './confirm-erasure';
import type { EraseCustomer } from './erase-customer';

/** The keys that an erasure has to destroy. */
export function keysNow({ customer }: EraseCustomer, get: Resolve): Promise<string[]> {
  return get(Vault).keysOf(customer);
}

/** Destroys them; a repeat finds them gone. */
export async function destroyed({ keys }: ConfirmErasure, get: Resolve): Promise<undefined> {
  await get(Vault).destroy(keys);
}
