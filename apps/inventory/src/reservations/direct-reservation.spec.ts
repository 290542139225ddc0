import { givenStreams, reactions, recorded, type History } from '#libs/eventsourcing/testing';
import { type Refusal, type AnyEvent } from '#libs/eventsourcing/vocabulary';
import { location } from '../locations/location';
import { NOWHERE, Territory } from '../sourcing/territory';
import { stock, stockId } from '../stock/stock';
import { CancelReservation, cancelReservation } from './cancel-reservation';
import { ClaimReservation, claimReservation } from './claim-reservation';
import { CommitReservation, commitReservation } from './commit-reservation';
import { ExpireReservation, expireReservation } from './expire-reservation';
import { reservationsExpire } from './expiry.process';
import { ExtendReservation, extendReservation } from './extend-reservation';
import { onlineOrdersHoldStock } from './online-orders.process';
import type { Choice } from './out-of-stock';
import { reservation, type Reservation } from './reservation';
import { ReserveStock, reserveStock } from './reserve-stock';
import { fold, type Decide, type DecideAcross, type EventOf } from '#libs/eventsourcing/vocabulary';
import type { ReservationEvents } from '#libs/contracts';

const NOON = '2026-01-02T12:00:00.000Z';
const A_MINUTE_LATER = '2026-01-02T12:01:00.000Z';
const lines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
];
const made: AnyEvent = {
  type: 'StockReservationMade',
  data: { reservationId: 'r1', demand: 'direct', location: 'dc', lines, distanceKm: 0, channel: 'storefront' },
};
const until = (expiresAt: string): AnyEvent => ({
  type: 'StockReservationExpirySet',
  data: { reservationId: 'r1', expiresAt },
});
const facts = { reservationId: 'r1', location: 'dc', lines };
const committed: AnyEvent = { type: 'StockReservationCommitted', data: { reservationId: 'r1' } };
const released: AnyEvent = { type: 'StockReservationReleased', data: facts };
const expired: AnyEvent = { type: 'StockReservationExpired', data: facts };
const held = [made, until(A_MINUTE_LATER)];
const said = (...events: AnyEvent[]) => ({ stream: 'reservation:r1', events });
const moved = (type: string) =>
  lines.map((line) => ({
    stream: `stock:${line.sku}@dc`,
    events: [{ type, data: { ...line, location: 'dc', reservationId: 'r1' } }],
  }));
const onHand = (sku: string, quantity: number, at = 'dc'): History => [
  stock,
  stockId(sku, at),
  { type: 'StockReceived', data: { sku, location: at, quantity, receiptId: 'r' } },
];
const dc: History = [
  location,
  'dc',
  { type: 'LocationRegistered', data: { location: 'dc', name: 'DC', kind: 'warehouse', latitude: 0, longitude: 0 } },
];

describe('goods that are asked for before there is an order', () => {
  const ask = (changes: Partial<ReserveStock> = {}): ReserveStock =>
    Object.assign(new ReserveStock(), { reservationId: 'r1', location: 'dc', ttlSeconds: 60, ...changes });
  const choice = (...places: string[]): Choice => ({
    lines,
    candidates: places.map((at) => ({ location: at, distanceKm: 0 })),
    shelves: [{ territory: new Territory(['dc', 'north', 'south', 'west'], []), available: [1, 7, 9, 0] }, NOWHERE],
  });
  const enough = [dc, onHand('A', 2), onHand('B', 1)];

  it('are held all together until the time is up', () => {
    givenStreams(...enough)
      .when(reserveStock, ask(), { given: choice('dc'), now: NOON })
      .then(said(made), ...moved('StockReserved'), said(until(A_MINUTE_LATER)));
  });

  it('are held at the first place that has all of them', () => {
    const north = { ...made.data, location: 'north' };
    const asked = ask();
    delete asked.location;
    givenStreams(...enough.slice(0, 2), onHand('A', 2, 'north'), onHand('B', 1, 'north'))
      .when(reserveStock, asked, { given: choice('dc', 'north'), now: NOON })
      .then(
        said({ ...made, data: north }),
        ...moved('StockReserved').map(({ stream, events: [event] }) => ({
          stream: stream.replace('dc', 'north'),
          events: [{ type: 'StockReserved', data: { ...event?.data, location: 'north' } }],
        })),
        said(until(A_MINUTE_LATER)),
      );
  });

  it('are held once, however often it is asked', () => {
    givenStreams(...enough, [reservation, 'r1', ...held])
      .when(reserveStock, ask(), { given: choice('dc') })
      .thenNothing();
  });

  it('are refused when there are not enough, with what there is and where else', () => {
    const stateOf = ((aggregate: typeof stock, id: string) =>
      id === 'dc' ? {} : fold(aggregate, id === 'A@dc' ? [onHand('A', 1)[2]!] : [])) as never;
    let refusal: Refusal | undefined;
    try {
      reserveStock(ask(), stateOf, { given: choice('dc'), now: NOON, by: 'test' });
    } catch (error) {
      refusal = error as Refusal;
    }
    expect(refusal).toMatchObject({
      code: 'out-of-stock',
      kind: 'conflict',
      detail: expect.stringContaining('1 of 2 A') as string,
    });
    expect(refusal?.facts).toEqual({
      ...{ channel: 'storefront', location: 'dc' },
      short: [
        {
          sku: 'A',
          requested: 2,
          available: 1,
          elsewhere: [
            { location: 'south', available: 9 },
            { location: 'north', available: 7 },
          ],
        },
        { sku: 'B', requested: 1, available: 0, elsewhere: [] },
      ],
    });
  });

  it('are refused at a place that nobody registered', () => {
    givenStreams()
      .when(reserveStock, ask(), { given: choice('dc') })
      .thenRefused('unknown-location');
  });
});

describe('a reservation that is held for a while', () => {
  const after = (...events: AnyEvent[]): Reservation => fold(reservation, events);
  const decide = <C>(rule: Decide<C, Reservation, ReservationEvents>, command: C, now: string, ...events: AnyEvent[]) => {
    try {
      return rule(command, after(...events), { now, by: 'test', given: undefined });
    } catch (error) {
      return (error as Refusal).code;
    }
  };
  const across = <C>(rule: DecideAcross<C, Reservation>, command: C, now: string, ...events: AnyEvent[]) => {
    const stateOf = ((aggregate: typeof reservation) =>
      aggregate.category === 'reservation' ? after(...events) : stock.initial) as never;
    try {
      return rule(command, stateOf, { now, by: 'test', given: undefined as never });
    } catch (error) {
      return (error as Refusal).code;
    }
  };
  const extend = (ttlSeconds: number) => Object.assign(new ExtendReservation(), { reservationId: 'r1', ttlSeconds });
  const commit = Object.assign(new CommitReservation(), { reservationId: 'r1' });
  const cancel = Object.assign(new CancelReservation(), { reservationId: 'r1' });
  const expire = Object.assign(new ExpireReservation(), { reservationId: 'r1' });
  const expiry = until('2026-01-02T12:02:00.000Z') as EventOf<ReservationEvents>;

  it('is extended from now on, and never shortened', () => {
    expect(decide(extendReservation, extend(120), NOON, ...held)).toEqual([expiry]);
    expect(decide(extendReservation, extend(30), NOON, ...held)).toEqual([]);
  });

  it('is committed once, and has no end then', () => {
    expect(decide(commitReservation, commit, NOON, ...held)).toEqual([committed]);
    expect(decide(commitReservation, commit, NOON, ...held, committed)).toEqual([]);
    expect(decide(extendReservation, extend(120), NOON, ...held, committed)).toBe('reservation-committed');
    expect(across(expireReservation, expire, A_MINUTE_LATER, ...held, committed)).toEqual([]);
  });

  it('is released with all its lines, also after it was committed', () => {
    expect(across(cancelReservation, cancel, NOON, ...held)).toEqual([said(released), ...moved('StockReleased')]);
    expect(across(cancelReservation, cancel, NOON, ...held, committed)).toHaveLength(3);
  });

  it('expires when its time has come, and not before', () => {
    expect(across(expireReservation, expire, NOON, ...held)).toEqual([]);
    expect(across(expireReservation, expire, A_MINUTE_LATER, ...held)).toEqual([said(expired), ...moved('StockReleased')]);
    expect(across(expireReservation, expire, A_MINUTE_LATER, ...held, expiry)).toEqual([]);
  });

  it.each([
    ['that nobody made', 'unknown-reservation', []],
    ['that was released', 'reservation-released', [...held, released]],
    ['that has expired', 'reservation-expired', [...held, expired]],
    ['that belongs to an order', 'reservation-of-order', [{ ...made, data: { ...made.data, demand: 'online-order' } }]],
  ])('%s is neither extended nor committed nor released: %s', (_, code, events: AnyEvent[]) => {
    expect(decide(extendReservation, extend(60), NOON, ...events)).toBe(code);
    expect(decide(commitReservation, commit, NOON, ...events)).toBe(code);
    expect(across(cancelReservation, cancel, NOON, ...events)).toBe(code);
    expect(across(expireReservation, expire, A_MINUTE_LATER, ...events)).toEqual([]);
  });

  it('is over when its time is, even in the moment before the timer says so', () => {
    expect(decide(commitReservation, commit, A_MINUTE_LATER, ...held)).toBe('reservation-expired');
    expect(decide(extendReservation, extend(60), A_MINUTE_LATER, ...held)).toBe('reservation-expired');
    expect(across(cancelReservation, cancel, A_MINUTE_LATER, ...held)).toBe('reservation-expired');
  });

  it('is let go by a timer, which an extension sets anew and a commit calls off', () => {
    const reacted = (event: AnyEvent) =>
      reactions(reservationsExpire, recorded('inventory', 'reservation:r1', event.type, event.data));
    expect(reacted(until(NOON))).toEqual([{ key: 'r1', wanted: { at: NOON, command: expire } }]);
    expect(reacted(committed)).toEqual([{ key: 'r1', wanted: undefined }]);
    expect(reacted(made)).toEqual([]);
  });
});

describe('an order that comes with a reservation', () => {
  const claim = (goods = lines): ClaimReservation =>
    Object.assign(new ClaimReservation(), { orderId: 'o1', reservationId: 'r1', lines: goods, deliverTo: 'sealed' });
  const reserved = (sku: string, quantity: number): AnyEvent => ({
    type: 'StockReserved',
    data: { sku, location: 'dc', quantity, reservationId: 'r1' },
  });
  const at = { given: { location: 'dc', distanceKm: 3, lines } };
  const sold: History[] = [
    [...onHand('A', 2), reserved('A', 2)],
    [...onHand('B', 1), reserved('B', 1)],
  ];
  const order = (goods: typeof lines) => [
    {
      stream: 'reservation:o1',
      events: [
        {
          type: 'StockReservationMade',
          data: { reservationId: 'o1', demand: 'online-order', location: 'dc', lines: goods, distanceKm: 3 },
        },
      ],
    },
    ...goods.map((line) => ({
      stream: `stock:${line.sku}@dc`,
      events: [{ type: 'StockReserved', data: { ...line, location: 'dc', reservationId: 'o1' } }],
    })),
  ];
  const over = { ...released, data: { ...facts, takenOverBy: 'o1' } };

  it('takes the same units over, though nothing else is left', () => {
    givenStreams(...sold, [reservation, 'r1', ...held])
      .when(claimReservation, claim(), at)
      .then(said(over), ...moved('StockReleased'), ...order(lines));
  });

  it('takes over what is committed, and fewer units than were held', () => {
    const fewer = [{ sku: 'A', quantity: 1 }];
    givenStreams(...sold, [reservation, 'r1', ...held, committed])
      .when(claimReservation, claim(fewer), at)
      .then(said(over), ...moved('StockReleased'), ...order(fewer));
  });

  it.each([
    ['wants more than was held, and the place has no more', [{ sku: 'A', quantity: 3 }], held],
    ['is too late', lines, [...held, expired]],
    ['names the reservation of another order', lines, [{ ...made, data: { ...made.data, demand: 'online-order' } }]],
  ])('leaves it alone when it %s', (_, goods, events: AnyEvent[]) => {
    givenStreams(...sold, [reservation, 'r1', ...events])
      .when(claimReservation, claim(goods), at)
      .thenNothing();
  });

  it('is allocated as any other when there is nothing to take over', () => {
    const data = { orderId: 'o1', lines: [{ sku: 'A', quantity: 1, stocked: true }], deliverTo: 'x' };
    const commands = (more: object): string[] =>
      reactions(onlineOrdersHoldStock, recorded('storefront', 'order:o1', 'OrderPlaced', { ...data, ...more })).map(
        (command) => command.constructor.name,
      );
    expect(commands({ reservationId: 'r1' })).toEqual(['ClaimReservation', 'HoldNearby', 'AllocateOrder']);
    expect(commands({})).toEqual(['HoldNearby', 'AllocateOrder']);
  });
});
