import { applied, given, recorded } from '#libs/eventsourcing/testing';
import { RegisterShop, registerShop } from './register-shop';
import { shop } from './shop';
import { shopView } from './shop.view';

const facts = { shop: 'auntie-wang', name: 'Auntie Wang', latitude: 30.25, longitude: 120.16 };
const register = (changes: Partial<RegisterShop> = {}): RegisterShop =>
  Object.assign(new RegisterShop(), { ...facts, ...changes });
const registered = { type: 'ShopRegistered' as const, data: facts };

describe('a corner shop', () => {
  it('is registered once', () => {
    given(shop).when(registerShop, register()).then(registered);
  });

  it('has nothing to say when it is registered as it is', () => {
    given(shop, registered).when(registerShop, register()).thenNothing();
  });

  it.each([{ name: 'Uncle Wang' }, { latitude: 31 }, { longitude: 121 }])('changes by what differs: %j', (change) => {
    given(shop, registered)
      .when(registerShop, register(change))
      .then({ type: 'ShopChanged', data: { ...facts, ...change } });
  });

  it('needs an id that can stand in a path', () => {
    given(shop)
      .when(registerShop, register({ shop: 'auntie wang' }))
      .thenRefused('invalid-shop-id');
  });

  it('is one row in the list of shops, as it now is', () => {
    const changed = { ...facts, name: 'Uncle Wang' };
    const rows = applied(
      shopView,
      recorded('lingshoutong', 'shop:auntie-wang', 'ShopRegistered', facts),
      recorded('lingshoutong', 'shop:auntie-wang', 'ShopChanged', changed),
    );
    expect([...rows.values()]).toEqual([{ id: 'auntie-wang', name: 'Uncle Wang', latitude: 30.25, longitude: 120.16 }]);
  });
});
