import { applied, given, givenStreams, reactions, recorded, type History } from '#libs/eventsourcing/testing';
import type { AnyEvent } from '#libs/eventsourcing/vocabulary';
import { location } from '../locations/location';
import { FollowSkuPolicy } from '../promises/follow-sku-policy';
import { placesFollowSkuPolicies } from '../promises/policies.process';
import { availabilityView } from '../stock/availability.view';
import { stock } from '../stock/stock';
import { CancelTransfer, cancelTransfer } from './cancel-transfer';
import { DispatchTransfer, dispatchTransfer } from './dispatch-transfer';
import { MakeTransfer, makeTransfer } from './make-transfer';
import { ReceiveTransfer, receiveTransfer } from './receive-transfer';
import { transfer } from './transfer';
import { transferView } from './transfer.view';

const place = (id: string): History => [
  location,
  id,
  { type: 'LocationRegistered', data: { location: id, name: id, kind: 'warehouse', latitude: 30.3, longitude: 120.2 } },
];
const places = [place('dc'), place('shop')];
const tea = (...events: AnyEvent[]): History => [stock, 'tea@dc', ...events];
const received = (quantity: number) => ({
  type: 'StockReceived',
  data: { sku: 'tea', location: 'dc', quantity, receiptId: 'r' },
});
const reserved = (quantity: number) => ({
  type: 'StockReserved',
  data: { sku: 'tea', location: 'dc', quantity, reservationId: 'o' },
});
const NOON = '2026-03-01T12:00:00.000Z';
const at = { now: NOON };

const route = { transferId: 't1', from: 'dc', to: 'shop' };
const lines = (quantity: number) => [{ sku: 'tea', quantity }];
const make = (changes: object = {}): MakeTransfer => Object.assign(new MakeTransfer(), { ...route, lines: lines(6), ...changes });
const planned = (quantity = 6) => ({ type: 'TransferPlanned' as const, data: { ...route, lines: lines(quantity) } });
const left = (quantity = 6) => ({
  type: 'TransferDispatched' as const,
  data: { ...route, lines: lines(quantity), dispatchedAt: NOON },
});
const arrived = (quantity: number, lost: number, inTransit: number, reason?: string) => ({
  type: 'TransferReceived',
  data: { ...route, lines: [{ sku: 'tea', quantity, lost, inTransit }], ...(reason !== undefined && { reason }) },
});
const cancelled = { type: 'TransferCancelled' as const, data: { ...route, lines: lines(6) } };
const onTransfer = (...events: AnyEvent[]) => ({ stream: 'transfer:t1', events });
const carried = (type: string, quantity: number, more: object = { from: 'dc' }) => ({
  type,
  data: { sku: 'tea', location: 'shop', quantity, transferId: 't1', ...more },
});
const atShop = (...events: AnyEvent[]) => ({ stream: 'stock:tea@shop', events });
const gone = (quantity: number) => ({
  stream: 'stock:tea@dc',
  events: [{ type: 'StockTransferSent', data: { sku: 'tea', location: 'dc', quantity, transferId: 't1', to: 'shop' } }],
});

describe('goods that are sent from one place to another', () => {
  it('are off the books of the one and on their way to the other', () => {
    givenStreams(...places, tea(received(10)))
      .when(makeTransfer, make(), at)
      .then(onTransfer(left()), gone(6), atShop(carried('StockTransferAnnounced', 6)));
  });

  it('are added up where lines repeat a SKU, and may have a time when they should be there', () => {
    const twice = make({ lines: [...lines(4), ...lines(2)], expectedAt: '2026-03-04T08:00:00+08:00' });
    const due = { ...left().data, expectedAt: '2026-03-04T00:00:00.000Z' };
    givenStreams(...places, tea(received(10)))
      .when(makeTransfer, twice, at)
      .then(onTransfer({ type: 'TransferDispatched', data: due }), gone(6), atShop(carried('StockTransferAnnounced', 6)));
  });

  it('are no more than is there and not reserved', () => {
    givenStreams(...places, tea(received(10), reserved(5)))
      .when(makeTransfer, make(), at)
      .thenRefused('out-of-stock');
    givenStreams(...places, tea(received(10), reserved(4)))
      .when(makeTransfer, make(), at)
      .then(onTransfer(left()), gone(6), atShop(carried('StockTransferAnnounced', 6)));
  });

  it('go all together or not at all', () => {
    const both = make({ lines: [...lines(6), { sku: 'milk', quantity: 1 }] });
    givenStreams(...places, tea(received(10)))
      .when(makeTransfer, both, at)
      .thenRefused('out-of-stock');
  });

  it('go to another place, and both are registered', () => {
    givenStreams(...places, tea(received(10)))
      .when(makeTransfer, make({ to: 'dc' }), at)
      .thenRefused('transfer-to-itself');
    for (const known of [place('dc'), place('shop')]) {
      givenStreams(known, tea(received(10)))
        .when(makeTransfer, make(), at)
        .thenRefused('unknown-location');
    }
  });

  it('are sent once', () => {
    givenStreams(...places, tea(received(10)), [transfer, 't1', left()])
      .when(makeTransfer, make(), at)
      .thenNothing();
  });
});

describe('a transfer that is planned', () => {
  const dispatch = Object.assign(new DispatchTransfer(), { transferId: 't1' });
  const cancel = Object.assign(new CancelTransfer(), { transferId: 't1' });

  it('moves nothing, and may be of more than there is today', () => {
    givenStreams(...places)
      .when(makeTransfer, make({ dispatch: false }), at)
      .then(onTransfer(planned()));
  });

  it('moves when it is dispatched, if there is enough by then', () => {
    givenStreams(tea(received(10)), [transfer, 't1', planned()])
      .when(dispatchTransfer, dispatch, at)
      .then(onTransfer(left()), gone(6), atShop(carried('StockTransferAnnounced', 6)));
    givenStreams(tea(received(5)), [transfer, 't1', planned()])
      .when(dispatchTransfer, dispatch, at)
      .thenRefused('out-of-stock');
  });

  it('can be called off until its goods leave', () => {
    given(transfer, planned()).when(cancelTransfer, cancel).then(cancelled);
    given(transfer, planned(), left()).when(cancelTransfer, cancel).thenRefused('transfer-dispatched');
    given(transfer, planned(), cancelled).when(cancelTransfer, cancel).thenRefused('transfer-cancelled');
    given(transfer).when(cancelTransfer, cancel).thenRefused('unknown-transfer');
  });

  it.each([
    ['transfer-dispatched', [left()]],
    ['transfer-cancelled', [planned(), cancelled]],
    ['transfer-received', [left(), arrived(6, 0, 0)]],
    ['unknown-transfer', []],
  ])('is dispatched once, and not when it ended: %s', (code, events) => {
    givenStreams(tea(received(10)), [transfer, 't1', ...events])
      .when(dispatchTransfer, dispatch, at)
      .thenRefused(code);
  });
});

describe('goods of a transfer that come in', () => {
  const receive = (changes: object = {}): ReceiveTransfer =>
    Object.assign(new ReceiveTransfer(), { transferId: 't1', ...changes });
  const underWay: History = [transfer, 't1', left()];

  it('are everything that was sent when nobody says otherwise', () => {
    givenStreams(underWay)
      .when(receiveTransfer, receive(), at)
      .then(onTransfer(arrived(6, 0, 0)), atShop(carried('StockTransferReceived', 6)));
  });

  it('may come in parts: the rest stays in transit', () => {
    givenStreams(underWay)
      .when(receiveTransfer, receive({ lines: lines(4) }), at)
      .then(onTransfer(arrived(4, 0, 2)), atShop(carried('StockTransferReceived', 4)));
    givenStreams([transfer, 't1', left(), arrived(4, 0, 2)])
      .when(receiveTransfer, receive(), at)
      .then(onTransfer(arrived(2, 0, 0)), atShop(carried('StockTransferReceived', 2)));
  });

  it('are short where somebody says why: what is missing is lost, and counted as such', () => {
    givenStreams(underWay)
      .when(receiveTransfer, receive({ lines: lines(4), lostReason: 'broken' }), at)
      .then(
        onTransfer(arrived(4, 2, 0, 'broken')),
        atShop(carried('StockTransferReceived', 4), carried('StockTransferLost', 2, { from: 'dc', reason: 'broken' })),
      );
  });

  it('may be nothing at all, when the truck is lost', () => {
    givenStreams(underWay)
      .when(receiveTransfer, receive({ lines: [], lostReason: 'stolen' }), at)
      .then(onTransfer(arrived(0, 6, 0, 'stolen')), atShop(carried('StockTransferLost', 6, { from: 'dc', reason: 'stolen' })));
  });

  it.each([
    ['more than is on its way', 'more-than-in-transit', { lines: lines(7) }],
    ['a SKU that was not sent', 'more-than-in-transit', { lines: [{ sku: 'milk', quantity: 1 }] }],
    ['nothing, and nothing lost', 'nothing-received', { lines: [] }],
    ['nothing of a SKU, and nothing lost', 'nothing-received', { lines: lines(0) }],
  ])('cannot be %s', (_what, code, changes) => {
    givenStreams(underWay).when(receiveTransfer, receive(changes), at).thenRefused(code);
  });

  it('cannot have come before they were sent', () => {
    givenStreams(underWay)
      .when(receiveTransfer, receive(), { now: '2026-03-01T11:59:59.999Z' })
      .thenRefused('received-before-sent');
  });

  it.each([
    ['transfer-not-dispatched', [planned()]],
    ['transfer-cancelled', [planned(), cancelled]],
    ['transfer-received', [left(), arrived(6, 0, 0)]],
    ['transfer-received', [left(), arrived(4, 2, 0, 'broken')]],
    ['unknown-transfer', []],
  ])('are refused where nothing is on its way: %s', (code, events) => {
    givenStreams([transfer, 't1', ...events])
      .when(receiveTransfer, receive(), at)
      .thenRefused(code);
  });
});

describe('what is seen of transfers', () => {
  const stockEvent = (type: string, quantity: number, version = 2) =>
    recorded('inventory', 'stock:tea@shop', type, carried(type, quantity).data, { version });

  it('is on hand and in transit in the availability view as in the stock itself', () => {
    const moves = [
      stockEvent('StockTransferAnnounced', 6),
      stockEvent('StockTransferReceived', 3),
      stockEvent('StockTransferLost', 1),
    ];
    expect([...applied(availabilityView, ...moves).values()]).toMatchObject([{ onHand: 3, available: 3, inTransit: 2 }]);
    const sent = [stockEvent('StockReceived', 9), stockEvent('StockTransferSent', 4)];
    expect([...applied(availabilityView, ...sent).values()]).toMatchObject([{ onHand: 5, available: 5, inTransit: 0 }]);
  });

  it('is listed with what became of it', () => {
    const told = [planned(), left(), arrived(3, 0, 3), arrived(1, 2, 0, 'broken')].map(({ type, data }) =>
      recorded('inventory', 'transfer:t1', type, data),
    );
    const seen = told.map((_, n) => [...applied(transferView, ...told.slice(0, n + 1)).values()][0]);
    expect(seen).toMatchObject([
      { id: 't1', status: 'planned', units: 6, received: 0, lost: 0, inTransit: 0 },
      { status: 'in-transit', units: 6, inTransit: 6 },
      { status: 'in-transit', received: 3, inTransit: 3 },
      { status: 'received', from: 'dc', to: 'shop', received: 4, lost: 2, inTransit: 0 },
    ]);
  });

  it('brings the policy of a SKU to a place that has never had it', () => {
    const follow = Object.assign(new FollowSkuPolicy(), { sku: 'tea', location: 'shop' });
    expect(reactions(placesFollowSkuPolicies, stockEvent('StockTransferAnnounced', 6, 1))).toEqual([follow]);
    expect(reactions(placesFollowSkuPolicies, stockEvent('StockTransferAnnounced', 6))).toEqual([]);
  });
});
