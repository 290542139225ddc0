import { applied, given, reactions, recorded } from '#libs/eventsourcing/testing';
import { FollowShop, followShop } from './follow-shop';
import { location } from './location';
import { locationView } from './location.view';
import { RegisterLocation, registerLocation } from './register-location';
import { shopsAreLocations } from './shops.process';

const facts = { location: 'hz-dc', name: 'Hangzhou DC', kind: 'warehouse' as const, latitude: 30.3, longitude: 120.2 };
const register = (changes: Partial<RegisterLocation> = {}): RegisterLocation =>
  Object.assign(new RegisterLocation(), { ...facts, ...changes });
const data = { ...facts, capabilities: ['ships' as const] };
const registered = { type: 'LocationRegistered' as const, data };
/** As it was written before there were capabilities. */
const longAgo = { type: 'LocationRegistered' as const, data: facts };

describe('a location', () => {
  it('is registered once', () => {
    given(location).when(registerLocation, register()).then(registered);
  });

  it('has nothing to say when it is registered as it is', () => {
    given(location, registered).when(registerLocation, register()).thenNothing();
  });

  it('that was registered before there were capabilities can do what its kind can', () => {
    given(location, longAgo).when(registerLocation, register()).thenNothing();
  });

  it.each([
    { name: 'Hangzhou East' },
    { latitude: 31 },
    { longitude: 121 },
    { capabilities: ['ships' as const, 'chilled' as const] },
    { serviceRadiusMeters: 3000 },
    { dailyOrders: 500 },
    { timeZone: 'Asia/Shanghai', openingHours: { monday: [{ opens: '08:00', closes: '20:00' }] } },
  ])('changes by what differs: %j', (change) => {
    given(location, registered)
      .when(registerLocation, register(change))
      .then({ type: 'LocationChanged', data: { ...data, ...change } });
  });

  it('of another kind can do what that kind can, and loses what is not said again', () => {
    given(location, { ...registered, data: { ...data, dailyOrders: 5 } })
      .when(registerLocation, register({ kind: 'locker' }))
      .then({ type: 'LocationChanged', data: { ...facts, kind: 'locker', capabilities: ['pickup'] } });
  });

  it.each([
    ['unknown-time-zone', { timeZone: 'Asia/Nowhere' }],
    ['time-zone-required', { openingHours: { monday: [] } }],
    ['two-service-areas', { serviceRadiusMeters: 1, serviceArea: [] }],
    ['service-area-not-closed', { serviceArea: [[1, 2]] }],
    ['opening-hours-backwards', { timeZone: 'UTC', openingHours: { monday: [{ opens: '09:00', closes: '08:00' }] } }],
  ])('is refused as %s', (code, change) => {
    given(location).when(registerLocation, register(change)).thenRefused(code);
  });

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
    expect([...rows.values()]).toEqual([{ ...rest, id, name: 'Hangzhou East', capabilities: ['ships'], profile: {} }]);
  });
});

describe('a corner shop', () => {
  const shop = { shop: 'auntie-wang', name: 'Auntie Wang', latitude: 30.25, longitude: 120.16 };
  const place = { location: 'auntie-wang', name: 'Auntie Wang', latitude: 30.25, longitude: 120.16 };
  const follow = Object.assign(new FollowShop(), place);
  const known = { ...place, kind: 'corner-shop' as const, capabilities: ['ships' as const, 'pickup' as const] };

  it.each(['ShopRegistered', 'ShopChanged'])('is a location of the same id: %s', (type) => {
    expect(reactions(shopsAreLocations, recorded('lingshoutong', 'shop:auntie-wang', type, shop))).toEqual([follow]);
  });

  it('can do what corner shops can, until somebody says more', () => {
    given(location).when(followShop, follow).then({ type: 'LocationRegistered', data: known });
  });

  it('keeps what was said of it here when it moves', () => {
    const said = { ...known, capabilities: ['pickup' as const], serviceRadiusMeters: 500 };
    given(location, { type: 'LocationRegistered', data: said })
      .when(followShop, Object.assign(new FollowShop(), { ...place, latitude: 31 }))
      .then({ type: 'LocationChanged', data: { ...said, latitude: 31 } });
    given(location, { type: 'LocationRegistered', data: said }).when(followShop, follow).thenNothing();
  });
});
