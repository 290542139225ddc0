import { given } from '#libs/eventsourcing/testing';
import { fold } from '#libs/eventsourcing/vocabulary';
import { CancelOrder, cancelOrder } from './cancel-order';
import { CompleteCancellation, completeCancellation } from './complete-cancellation';
import { ConfirmOrder, confirmOrder } from './confirm-order';
import { DeclineCancellation, declineCancellation } from './decline-cancellation';
import { order } from './order';
import { orderResource, type OrderPayment, type OrderStatus } from './order-resource';
import { RecordAllocation, recordAllocation } from './record-allocation';
import { RecordDelivery, recordDelivery } from './record-delivery';
import { RecordPayment, recordPayment } from './record-payment';
import { RecordRelocation, recordRelocation } from './record-relocation';
import { RecordShipment, recordShipment } from './record-shipment';
import { RejectOrder, rejectOrder } from './reject-order';
import * as story from './testing/history';
import { STANDS, standsExcept, type Stand } from './testing/history';

const orderId = 'o1';
const orderThatIs = (stand: Stand) => given(order, ...STANDS[stand]);

describe('the answer of inventory', () => {
  const hold = Object.assign(new RecordAllocation(), { orderId, location: 'hz-dc' });
  const short = { orderId, reason: 'out-of-stock' as const, detail: 'No place has everything.' };
  const reject = Object.assign(new RejectOrder(), short);

  it('lets a pending order go on to its payment', () => {
    orderThatIs('pending').when(recordAllocation, hold).then(story.allocated);
  });

  it('ends a pending order when nobody has the goods', () => {
    orderThatIs('pending').when(rejectOrder, reject).then(story.outOfStock);
  });

  it.each(standsExcept('pending'))('says nothing to an order that is %s: it is a repeat, or too late', (stand) => {
    orderThatIs(stand).when(recordAllocation, hold).thenNothing();
    orderThatIs(stand).when(rejectOrder, reject).thenNothing();
  });
});

describe('the goods of an order', () => {
  const parcels = [
    { location: 'sh-dc', lines: [{ sku: 'TEA', quantity: 2 }] },
    { location: 'nb-dc', lines: [{ sku: 'TEA', quantity: 1 }] },
  ];
  const move = Object.assign(new RecordRelocation(), { orderId, location: 'sh-dc', parcels });
  const moved = { type: 'OrderRelocated' as const, data: { ...story.about, location: 'sh-dc', parcels } };

  const held: Stand[] = ['allocated', 'confirmed', 'to be cancelled', 'paid before the news that it left'];

  it.each(held)('are held elsewhere while it is %s', (stand) => {
    orderThatIs(stand).when(recordRelocation, move).then(moved);
  });

  it('are told by the order as they now are', () => {
    const confirmed = { type: 'OrderConfirmed' as const, data: { ...story.confirmed.data, location: 'sh-dc', parcels } };
    given(order, ...STANDS.allocated, moved)
      .when(confirmOrder, Object.assign(new ConfirmOrder(), { orderId, paymentId: 'o1' }))
      .then(confirmed as typeof story.confirmed);
    const whole = { type: 'OrderRelocated' as const, data: { ...story.about, location: 'nb-dc' } };
    const state = fold(order, [...STANDS.confirmed, moved, whole]);
    expect(state && 'location' in state && [state.location, 'parcels' in state]).toEqual(['nb-dc', false]);
  });

  it.each(standsExcept(...held))('are not followed when it is %s', (stand) => {
    orderThatIs(stand).when(recordRelocation, move).thenNothing();
  });
});

describe('the answer of payment', () => {
  const confirm = Object.assign(new ConfirmOrder(), { orderId, paymentId: 'o1' });
  const reject = Object.assign(new RejectOrder(), { orderId, reason: 'payment-declined' as const, detail: 'No money.' });

  it('confirms an allocated order', () => {
    orderThatIs('allocated').when(confirmOrder, confirm).then(story.confirmed);
  });

  it('ends an allocated order when the money was declined', () => {
    orderThatIs('allocated').when(rejectOrder, reject).then(story.paymentDeclined);
  });

  it.each(standsExcept('allocated'))('says nothing to an order that is %s: it is a repeat, or too late', (stand) => {
    orderThatIs(stand).when(confirmOrder, confirm).thenNothing();
    orderThatIs(stand).when(rejectOrder, reject).thenNothing();
  });
});

describe('cancelling', () => {
  const cancel = Object.assign(new CancelOrder(), { orderId, reason: 'too many' });

  it.each<Stand>(['pending', 'allocated'])('is done at once while the order is %s', (stand) => {
    orderThatIs(stand).when(cancelOrder, cancel).then(story.cancelledAtOnce);
  });

  it('is asked of fulfillment once the order is confirmed', () => {
    orderThatIs('confirmed').when(cancelOrder, cancel).then(story.requested);
  });

  it('needs no reason', () => {
    orderThatIs('confirmed')
      .when(cancelOrder, Object.assign(new CancelOrder(), { orderId }))
      .then({ type: 'OrderCancellationRequested', data: { ...story.about, reason: 'not given' } });
  });

  it.each<Stand>(['to be cancelled', 'shipped, to be cancelled', 'cancelled at once', 'cancelled when confirmed'])(
    'says nothing again when the order is %s',
    (stand) => {
      orderThatIs(stand).when(cancelOrder, cancel).thenNothing();
    },
  );

  it.each<Stand>(['shipped', 'shipped, not cancelled', 'shipped and paid', 'delivered'])(
    'is refused when the order is %s',
    (stand) => {
      orderThatIs(stand).when(cancelOrder, cancel).thenRefused('order-already-shipped');
    },
  );

  it.each<Stand>(['out of stock', 'not paid'])('is refused when the order was %s: nothing is held', (stand) => {
    orderThatIs(stand).when(cancelOrder, cancel).thenRefused('order-already-rejected');
  });

  it('is refused for an order that nobody placed', () => {
    orderThatIs('nowhere').when(cancelOrder, cancel).thenRefused('unknown-order');
  });
});

describe('the answer of fulfillment to a cancellation', () => {
  const complete = Object.assign(new CompleteCancellation(), { orderId });
  const decline = Object.assign(new DeclineCancellation(), { orderId, reason: 'already-shipped' });

  it('ends the order for the reason that its customer gave', () => {
    orderThatIs('to be cancelled').when(completeCancellation, complete).then(story.cancelledLater);
  });

  it('lets the order go on when the parcel had left', () => {
    orderThatIs('shipped, to be cancelled').when(declineCancellation, decline).then(story.declined);
  });

  it('lets the order go on also when the news that the parcel left is late', () => {
    orderThatIs('to be cancelled').when(declineCancellation, decline).then(story.declined);
  });

  it.each(standsExcept('to be cancelled', 'shipped, to be cancelled'))('says nothing to an order that is %s', (stand) => {
    orderThatIs(stand).when(completeCancellation, complete).thenNothing();
    orderThatIs(stand).when(declineCancellation, decline).thenNothing();
  });
});

describe('the parcel', () => {
  const ship = Object.assign(new RecordShipment(), { orderId, shipmentId: 'o1' });
  const deliver = Object.assign(new RecordDelivery(), { orderId, shipmentId: 'o1' });

  it.each<Stand>(['confirmed', 'to be cancelled', 'paid before the news that it left'])(
    'makes an order that is %s a shipped one',
    (stand) => {
      orderThatIs(stand).when(recordShipment, ship).then(story.shipped);
    },
  );

  it.each(standsExcept('confirmed', 'to be cancelled', 'paid before the news that it left'))(
    'does not leave again from an order that is %s',
    (stand) => {
      orderThatIs(stand).when(recordShipment, ship).thenNothing();
    },
  );

  const underWay: Stand[] = ['shipped', 'shipped and paid', 'shipped, to be cancelled', 'shipped, not cancelled'];
  it.each(underWay)('arrives when the order is %s', (stand) => {
    orderThatIs(stand).when(recordDelivery, deliver).then(story.delivered);
  });

  it.each(standsExcept(...underWay))('does not arrive when the order is %s', (stand) => {
    orderThatIs(stand).when(recordDelivery, deliver).thenNothing();
  });
});

describe('the captured money', () => {
  const pay = Object.assign(new RecordPayment(), { orderId, paymentId: 'o1', amountMinor: 26_600, currency: 'CNY' });
  const unpaid: Stand[] = [
    ...(['confirmed', 'to be cancelled'] satisfies Stand[]),
    ...(['shipped', 'shipped, to be cancelled', 'shipped, not cancelled'] satisfies Stand[]),
  ];

  it.each(unpaid)('pays an order that is %s', (stand) => {
    orderThatIs(stand).when(recordPayment, pay).then(story.paid);
  });

  it.each(standsExcept(...unpaid))('says nothing to an order that is %s: it pays once', (stand) => {
    orderThatIs(stand).when(recordPayment, pay).thenNothing();
  });
});

describe('an order as its customer reads it', () => {
  it.each<[Stand, OrderStatus, OrderPayment]>([
    ['pending', 'pending', 'none'],
    ['allocated', 'pending', 'none'],
    ['out of stock', 'rejected', 'none'],
    ['not paid', 'rejected', 'declined'],
    ['confirmed', 'confirmed', 'authorized'],
    ['to be cancelled', 'cancelling', 'authorized'],
    ['cancelled at once', 'cancelled', 'none'],
    ['cancelled when confirmed', 'cancelled', 'voided'],
    ['shipped', 'shipped', 'authorized'],
    ['shipped, to be cancelled', 'shipped', 'authorized'],
    ['paid before the news that it left', 'confirmed', 'captured'],
    ['shipped and paid', 'shipped', 'captured'],
    ['delivered', 'delivered', 'captured'],
  ])('that is %s says %s, and %s of the money', (stand, status, payment) => {
    expect(orderResource('o1', fold(order, STANDS[stand])!, story.revealed)).toMatchObject({ id: 'o1', status, payment });
  });

  it('says what was bought, where it is held and when it was placed', () => {
    expect(orderResource('o1', fold(order, STANDS.confirmed)!, story.revealed)).toEqual({
      ...{ id: 'o1', status: 'confirmed', payment: 'authorized', location: 'hz-dc' },
      ...{ customer: 'Li Na', lines: story.lines, ...story.revealed },
      ...{ totalMinor: 26_600, currency: 'CNY', placedAt: '2026-01-02T03:04:05.678Z' },
    });
  });

  it('says that its customer was erased, and all the rest as before', () => {
    const delivery = { deliverTo: null, recipient: null, erased: true as const };
    const [before, after] = [story.revealed, delivery].map((seen) => orderResource('o1', fold(order, STANDS.confirmed)!, seen));
    expect(after).toEqual({ ...before, ...delivery });
  });

  it('says why it ended, and what became of the wish to cancel it', () => {
    expect(orderResource('o1', fold(order, STANDS['not paid'])!, story.revealed)).toMatchObject({ reason: 'payment-declined' });
    expect(orderResource('o1', fold(order, STANDS['cancelled at once'])!, story.revealed)).toMatchObject({ reason: 'too many' });
    expect(orderResource('o1', fold(order, STANDS['shipped, not cancelled'])!, story.revealed)).toMatchObject({
      cancellation: 'declined',
    });
  });
});
