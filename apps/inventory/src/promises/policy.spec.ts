import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { PromisePolicy } from '#libs/contracts';
import { given, givenStreams, reactions, recorded, type History } from '#libs/eventsourcing/testing';
import { fold, type AnyEvent } from '#libs/eventsourcing/vocabulary';
import { location } from '../locations/location';
import { promiseEach, releaseEach, shortOf } from '../stock/promised';
import { stock, type Stock } from '../stock/stock';
import { inAll, promiseAt } from './available-to-promise';
import { FollowSkuPolicy, followSkuPolicy } from './follow-sku-policy';
import { placesFollowSkuPolicies } from './policies.process';
import { promisePolicy } from './promise-policy';
import { SetPlacePolicy, setPlacePolicy, WithdrawPlacePolicy, withdrawPlacePolicy } from './set-place-policy';
import { SetSkuPolicy, setSkuPolicy, WithdrawSkuPolicy, withdrawSkuPolicy } from './set-sku-policy';

const terms: PromisePolicy = {
  safetyStock: 2,
  quotas: [
    { channel: 'hema', units: 5, lendsTo: ['storefront'] },
    { channel: 'lingshoutong', units: 3 },
  ],
};
const other: PromisePolicy = { safetyStock: 9, quotas: [] };
const at = { sku: 'A', location: 'dc' };
const ofPlace = (policy: PromisePolicy, scope: 'place' | 'sku' = 'place'): AnyEvent => ({
  type: 'StockPromisePolicySet',
  data: { ...at, scope, ...policy },
});
const ofSku = (policy: PromisePolicy) => ({ type: 'PromisePolicySet' as const, data: { sku: 'A', ...policy } });
const withdrawnAt: AnyEvent = { type: 'StockPromisePolicyWithdrawn', data: at };
const says = (event: AnyEvent) => ({ stream: 'stock:A@dc', events: [event] });
const dc: History = [
  location,
  'dc',
  { type: 'LocationRegistered', data: { location: 'dc', name: 'DC', kind: 'warehouse', latitude: 0, longitude: 0 } },
];
const set = (policy: Partial<SetSkuPolicy> = terms): SetSkuPolicy => Object.assign(new SetSkuPolicy(), { sku: 'A', ...policy });
const setAt = (policy = terms): SetPlacePolicy => Object.assign(new SetPlacePolicy(), { ...at, ...policy });

describe('the policy of a SKU', () => {
  it('is set once, and again when it says something else or is for another period', () => {
    given(promisePolicy).when(setSkuPolicy, set()).then(ofSku(terms));
    given(promisePolicy, ofSku(terms)).when(setSkuPolicy, set()).thenNothing();
    const next = { ...terms, period: '2026-W31' };
    given(promisePolicy, ofSku(terms)).when(setSkuPolicy, set(next)).then(ofSku(next));
  });

  it('is withdrawn when there is one', () => {
    const withdraw = Object.assign(new WithdrawSkuPolicy(), { sku: 'A' });
    given(promisePolicy, ofSku(terms))
      .when(withdrawSkuPolicy, withdraw)
      .then({ type: 'PromisePolicyWithdrawn', data: { sku: 'A' } });
    given(promisePolicy).when(withdrawSkuPolicy, withdraw).thenRefused('unknown-policy');
  });

  it('is refused when it lends to itself, or when no SKU can be meant', () => {
    const quotas = [{ channel: 'hema' as const, units: 1, lendsTo: ['hema' as const] }];
    given(promisePolicy)
      .when(setSkuPolicy, set({ safetyStock: 0, quotas }))
      .thenRefused('lends-to-itself');
    given(promisePolicy)
      .when(setSkuPolicy, set({ ...terms, sku: 'a@b' }))
      .thenRefused('invalid-sku');
  });

  it.each([
    { safetyStock: -1, quotas: [] },
    { safetyStock: 1.5, quotas: [] },
    { safetyStock: 1_000_000_000, quotas: [] },
    { safetyStock: 0, quotas: [{ channel: 'fax', units: 1 }] },
    { safetyStock: 0, quotas: [{ channel: 'hema', units: -1 }] },
    {
      safetyStock: 0,
      quotas: [
        { channel: 'hema', units: 1 },
        { channel: 'hema', units: 2 },
      ],
    },
    { safetyStock: 0, quotas: [{ channel: 'hema', units: 1, lendsTo: ['fax'] }] },
  ])('cannot be %j', (body) => {
    expect(validateSync(plainToInstance(SetSkuPolicy, body))).not.toEqual([]);
  });

  it('is followed by every place that has none of its own', () => {
    const follow = Object.assign(new FollowSkuPolicy(), { sku: 'A' });
    const policy: History = [promisePolicy, 'A', ofSku(terms)];
    const places = { given: ['dc'] };
    givenStreams(policy)
      .when(followSkuPolicy, follow, places)
      .then(says(ofPlace(terms, 'sku')));
    givenStreams(policy, [stock, 'A@dc', ofPlace(terms, 'sku')])
      .when(followSkuPolicy, follow, places)
      .thenNothing();
    givenStreams(policy, [stock, 'A@dc', ofPlace(other)])
      .when(followSkuPolicy, follow, places)
      .thenNothing();
    givenStreams([stock, 'A@dc', ofPlace(terms, 'sku')])
      .when(followSkuPolicy, follow, places)
      .then(says(withdrawnAt));
    givenStreams().when(followSkuPolicy, follow, places).thenNothing();
  });

  it('reaches places when it changes, and a new place with its first unit', () => {
    const heard = (type: string, data: object, version = 1) =>
      reactions(placesFollowSkuPolicies, recorded('inventory', 'x:A', type, data, { version }));
    const follow = Object.assign(new FollowSkuPolicy(), { sku: 'A' });
    expect(heard('PromisePolicySet', ofSku(terms).data, 7)).toMatchObject([{ key: 'A', wanted: { command: follow } }]);
    expect(heard('StockReceived', { ...at, quantity: 1 })).toEqual([Object.assign(new FollowSkuPolicy(), at)]);
    expect(heard('StockReceived', { ...at, quantity: 1 }, 2)).toEqual([]);
  });
});

describe('the policy of one place', () => {
  it('goes before that of the SKU', () => {
    givenStreams(dc)
      .when(setPlacePolicy, setAt())
      .then(says(ofPlace(terms)));
    givenStreams(dc, [stock, 'A@dc', ofPlace(terms, 'sku')])
      .when(setPlacePolicy, setAt())
      .then(says(ofPlace(terms)));
    givenStreams(dc, [stock, 'A@dc', ofPlace(terms)])
      .when(setPlacePolicy, setAt())
      .thenNothing();
    givenStreams().when(setPlacePolicy, setAt()).thenRefused('unknown-location');
  });

  it('gives way to that of the SKU when it is withdrawn', () => {
    const withdraw = Object.assign(new WithdrawPlacePolicy(), at);
    const own: History = [stock, 'A@dc', ofPlace(terms)];
    givenStreams(own).when(withdrawPlacePolicy, withdraw).then(says(withdrawnAt));
    givenStreams(own, [promisePolicy, 'A', ofSku(other)])
      .when(withdrawPlacePolicy, withdraw)
      .then(says(ofPlace(other, 'sku')));
    givenStreams([stock, 'A@dc', ofPlace(terms, 'sku')])
      .when(withdrawPlacePolicy, withdraw)
      .thenRefused('unknown-policy');
  });
});

describe('a stock with a policy', () => {
  const received: AnyEvent = { type: 'StockReceived', data: { ...at, quantity: 20, receiptId: 'r' } };
  const begun = [received, ofPlace(terms)];
  const stateOf = (state: Stock) => (() => state) as never;
  const reserved = (state: Stock, reservationId: string, channel: 'storefront' | 'hema', quantity: number): AnyEvent =>
    promiseEach({ location: 'dc', reservationId, channel }, [{ sku: 'A', quantity }], stateOf(state))[0]!.events[0]!;
  const after = (...events: AnyEvent[]): Stock => fold(stock, [...begun, ...events]);
  const available = (state: Stock): number[] =>
    promiseAt('dc', state, ['storefront', 'hema', 'lingshoutong']).channels.map((channel) => channel.available);

  it('promises by it: the safety stock to nobody, a quota to its channel and to whom it lends', () => {
    expect(available(after())).toEqual([15, 15, 13]);
    const wanted = (quantity: number) =>
      shortOf({ location: 'dc', channel: 'storefront' }, [{ sku: 'A', quantity }], stateOf(after()));
    expect(wanted(15)).toEqual([]);
    expect(wanted(16)).toEqual([{ sku: 'A', requested: 16, available: 15 }]);
  });

  it('notes what a promise draws, gives it back when that is released, and has used it up when it is shipped', () => {
    const borrowed = reserved(after(), 'r1', 'storefront', 12);
    expect(borrowed).toEqual({
      type: 'StockReserved',
      data: { ...at, quantity: 12, reservationId: 'r1', draws: [{ channel: 'hema', quantity: 2 }] },
    });
    expect(available(after(borrowed))).toEqual([3, 3, 3]);
    const [back] = releaseEach({ location: 'dc', reservationId: 'r1' }, [{ sku: 'A', quantity: 12 }], stateOf(after(borrowed)));
    expect(back?.events[0]?.data).toMatchObject({ draws: [{ channel: 'hema', quantity: 2 }] });
    expect(available(after(borrowed, back!.events[0]!))).toEqual(available(after()));
    const shipped: AnyEvent = { type: 'StockShipped', data: { ...at, quantity: 12, reservationId: 'r1' } };
    expect(available(after(borrowed, shipped))).toEqual([3, 3, 3]);
  });

  it('takes what a till sells out of the till’s own quota first', () => {
    const sold: AnyEvent = { type: 'StockSold', data: { ...at, quantity: 4, saleId: 's' } };
    expect(available(after(sold))).toEqual([11, 11, 13]);
  });

  it('begins its quotas anew when it is set anew: what was promised before counts against none', () => {
    const before = reserved(after(), 'r1', 'hema', 5);
    const renewed = after(before, ofPlace({ ...terms, period: 'next' }));
    expect(available(renewed)).toEqual([10, 10, 8]);
    const released: AnyEvent = { type: 'StockReleased', data: { ...at, quantity: 5, reservationId: 'r1' } };
    expect(available(fold(stock, [released], renewed))).toEqual([15, 15, 13]);
  });

  it('promises whatever is available when it is withdrawn', () => {
    expect(available(after(withdrawnAt))).toEqual([20, 20, 20]);
  });

  it('adds up over places, but one place does not pay for another', () => {
    const empty = promiseAt('empty', fold(stock, [{ type: 'StockSold', data: { ...at, quantity: 7, saleId: 's' } }]), ['hema']);
    const full = promiseAt('dc', after(), ['hema']);
    expect(inAll([empty, full], ['hema'])).toEqual({ channels: [{ channel: 'hema', available: 15, keptForOthers: 3 }] });
  });

  it('counts what comes in on time', () => {
    expect(promiseAt('dc', after(), ['lingshoutong'], 10)).toMatchObject({ inbound: 10, channels: [{ available: 23 }] });
  });
});
