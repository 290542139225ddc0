import type { CustomerEvents } from '#libs/contracts';
import { given, reactions, recorded } from '#libs/eventsourcing/testing';
import type { EventOf } from '#libs/eventsourcing/vocabulary';
import { ConfirmErasure, confirmErasure } from './confirm-erasure';
import { customer } from './customer';
import { EraseCustomer, eraseCustomer } from './erase-customer';
import { erasuresDestroyKeys } from './erasures.process';

type Event = EventOf<CustomerEvents>;

const first = { customer: 'c-1', keys: ['key-1'] };
const later = { customer: 'c-1', keys: ['key-2'] };
const requested: Event = { type: 'CustomerErasureRequested', data: first };
const erased: Event = { type: 'CustomerErased', data: first };
const erase = Object.assign(new EraseCustomer(), { customer: 'c-1' });
const confirm = Object.assign(new ConfirmErasure(), first);

describe('erasing a customer', () => {
  it('names the keys that are to go', () => {
    given(customer)
      .when(eraseCustomer, erase, { given: ['key-1'] })
      .then(requested);
  });

  it('is on record also when nothing of theirs was ever sealed', () => {
    given(customer)
      .when(eraseCustomer, erase, { given: [] })
      .then({ type: 'CustomerErasureRequested', data: { customer: 'c-1', keys: [] } });
  });

  it('is asked for once while it is under way', () => {
    given(customer, requested)
      .when(eraseCustomer, erase, { given: ['key-1'] })
      .thenNothing();
  });

  it('can be asked for again by somebody who came back', () => {
    given(customer, requested, erased)
      .when(eraseCustomer, erase, { given: ['key-2'] })
      .then({ type: 'CustomerErasureRequested', data: later });
  });

  it('is done when the keys are gone, and is done once', () => {
    given(customer, requested).when(confirmErasure, confirm).then(erased);
    given(customer, requested, erased).when(confirmErasure, confirm).thenNothing();
  });
});

describe('what follows from the wish to be erased', () => {
  it('is that the keys it names go, and no others', () => {
    const event = recorded('storefront', 'customer:c-1', 'CustomerErasureRequested', first);
    expect(reactions(erasuresDestroyKeys, event)).toEqual([confirm]);
  });
});
