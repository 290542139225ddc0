import { applied, given, reactions, recorded } from '#libs/eventsourcing/testing';
import { location } from './location';
import { locationView } from './location.view';
import { RegisterLocation, registerLocation } from './register-location';
import { shopsAreLocations } from './shops.process';

const facts = { location: 'hz-dc', name: 'Hangzhou DC', kind: 'warehouse' as const, latitude: 30.3, longitude: 120.2 };
const register = (changes: Partial<RegisterLocation> = {}): RegisterLocation =>
  Object.assign(new RegisterLocation(), { ...facts, ...changes });
const registered = { type: 'LocationRegistered' as const, data: facts };

describe('a location', () => {
  it('is registered once', () => {
    given(location).when(registerLocation, register()).then(registered);
  });

  it('has nothing to say when it is registered as it is', () => {
    given(location, registered).when(registerLocation, register()).thenNothing();
  });

  it.each([{ name: 'Hangzhou East' }, { kind: 'store' as const }, { latitude: 31 }, { longitude: 121 }])(
    'changes by what differs: %j',
    (change) => {
      given(location, registered)
        .when(registerLocation, register(change))
        .then({ type: 'LocationChanged', data: { ...facts, ...change } });
    },
  );

  it.each(['', '-dc', 'a@b', 'a b', 'x'.repeat(65)])('cannot be called "%s"', (id) => {
    given(location)
      .when(registerLocation, register({ location: id }))
      .thenRefused('invalid-location-id');
  });
});

describe('the locations view', () => {
  it('has one row per place, as it now is', () => {
    const rows = applied(
      locationView,
      recorded('inventory', 'location:hz-dc', 'LocationRegistered', facts),
      recorded('inventory', 'location:hz-dc', 'LocationChanged', { ...facts, name: 'Hangzhou East' }),
    );
    const { location: id, ...rest } = facts;
    expect([...rows.values()]).toEqual([{ ...rest, id, name: 'Hangzhou East' }]);
  });
});

describe('a corner shop', () => {
  const shop = { shop: 'auntie-wang', name: 'Auntie Wang', latitude: 30.25, longitude: 120.16 };

  it.each(['ShopRegistered', 'ShopChanged'])('is a location of the same id: %s', (type) => {
    expect(reactions(shopsAreLocations, recorded('lingshoutong', 'shop:auntie-wang', type, shop))).toEqual([
      register({ location: 'auntie-wang', name: 'Auntie Wang', kind: 'corner-shop', latitude: 30.25, longitude: 120.16 }),
    ]);
  });
});
