import fc from 'fast-check';
import { applied } from '#libs/eventsourcing/testing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { interleaved } from '../testing/interleaving.testing';
import {
  lines,
  orderStream,
  paymentStream,
  refund,
  returned,
  shiftStream,
  shipmentStream,
  supplyStream,
} from '../testing/trade.testing';
import { orderBookView } from './order-book.view';
import { orderLinesView } from './order-lines.view';
import { orderResource, type OrderResource } from './order-resource';

const order = orderStream('o1');
const payment = paymentStream('o1');
const shipment = shipmentStream('o1');

const rows = (...events: RecordedEvent[]) => applied(orderBookView, ...events);
const read = (id: string, ...events: RecordedEvent[]): OrderResource =>
  orderResource(id, rows(...events).get(JSON.stringify({ id })) as never);

describe('an online order in the book', () => {
  it('is pending when it is placed, with who, how much and when', () => {
    expect(read('o1', order.placed)).toEqual({
      ...{ id: 'o1', channel: 'storefront', kind: 'storefront-order', customer: 'Li Na', status: 'pending' },
      ...{ lineCount: 2, units: 3, returnedUnits: 0, totalMinor: 2310, currency: 'GBP', placedAt: '2026-01-02T08:00:00.000Z' },
    });
  });

  it('tells where it is held, what became of its money and where its parcel is', () => {
    const { placed, allocated, confirmed, shipped, delivered } = order;
    const life = [placed, allocated, payment.authorized, confirmed, shipment.created, shipment.shipped, shipped];
    expect(read('o1', ...life)).toMatchObject({
      ...{ status: 'shipped', location: 'dc', shipment: { status: 'shipped', carrier: 'own-riders' } },
      payment: { status: 'authorized', authorizedMinor: 2310, capturedMinor: 0, refundedMinor: 0 },
    });
    expect(read('o1', ...life, payment.captured, shipment.delivered, delivered)).toMatchObject({
      ...{ status: 'delivered', payment: { status: 'captured', capturedMinor: 2310 }, shipment: { status: 'delivered' } },
    });
  });

  it('says why it was rejected, and is nowhere then', () => {
    const rejected = read('o1', order.placed, order.allocated, payment.declined, order.rejected);
    expect(rejected).toMatchObject({ status: 'rejected', reason: 'payment-declined', payment: { status: 'declined' } });
    expect(rejected).not.toHaveProperty('location');
  });

  it('goes on when it could not be stopped any more', () => {
    const asked = [order.placed, order.allocated, order.confirmed, order.cancellationRequested];
    expect(read('o1', ...asked)).toMatchObject({ status: 'cancelling' });
    expect(read('o1', ...asked, order.shipped, order.cancellationDeclined)).toMatchObject({ status: 'shipped' });
    expect(read('o1', ...asked, order.cancellationDeclined)).toMatchObject({ status: 'confirmed' });
  });

  it('counts what came back of it, and the money that went back', () => {
    const life = [order.placed, order.confirmed, order.shipped, payment.captured, order.linesReturned, payment.refunded];
    expect(read('o1', ...life)).toMatchObject({ returnedUnits: 3, payment: { status: 'captured', refundedMinor: 2310 } });
  });
});

describe('the other documents of the book', () => {
  it('are sales and returns of tills, paid where they happened', () => {
    const { sale, takenBack } = shiftStream('1');
    expect(read('s-1', sale)).toMatchObject({
      ...{ channel: 'hema', kind: 'hema-sale', status: 'completed', location: 'soho', till: 't1', totalMinor: 2310 },
      payment: { status: 'captured', authorizedMinor: 2310, capturedMinor: 2310 },
    });
    expect(read('b-1', takenBack)).toMatchObject({
      ...{ kind: 'hema-return', reason: 'broken', units: -3, totalMinor: -2310 },
      payment: { status: 'refunded', capturedMinor: 0, refundedMinor: 2310 },
    });
  });

  it('are supply orders, from the wish of a shop to its shelf', () => {
    const { submitted, accepted, rejected, shipped, received } = supplyStream('so', 'shop-7');
    expect(read('so', submitted)).toMatchObject({ channel: 'lingshoutong', customer: 'shop-7', status: 'pending' });
    expect(read('so', submitted, accepted)).toMatchObject({ status: 'accepted', location: 'dc' });
    expect(read('so', submitted, accepted, shipped, received)).toMatchObject({ status: 'received' });
    expect(read('so', submitted, rejected)).toMatchObject({ status: 'rejected', reason: 'out-of-stock' });
  });

  it('are returns, with the order that they are from and the money that went back', () => {
    expect(read('r-o1', returned('r-o1', 'Li Na', 'o1'), payment.refunded)).toMatchObject({
      ...{ kind: 'storefront-return', status: 'accepted', originalId: 'o1', location: 'dc', totalMinor: -2310 },
      payment: { status: 'refunded', refundedMinor: 2310 },
    });
    expect(read('r2', returned('r2'), refund('r2'))).toMatchObject({ payment: { status: 'refunded', refundedMinor: 2310 } });
  });

  it('have their lines beside them', () => {
    const { sale } = shiftStream('1');
    const written = applied(orderLinesView, order.placed, returned('r2'), sale, supplyStream('so', 'x').submitted);
    expect([...written.values()].map(({ id }) => id)).toEqual(['o1', 'r2', 's-1', 'so']);
    expect([...written.values()].every((row) => row.lines === lines)).toBe(true);
  });
});

describe('the order in which streams are read', () => {
  const { placed, allocated, confirmed, cancellationRequested, cancellationDeclined, shipped, paid, delivered } = order;
  const streams = [
    [placed, allocated, confirmed, cancellationRequested, shipped, cancellationDeclined, paid, delivered, order.linesReturned],
    [payment.authorized, payment.captured, payment.refunded],
    [shipment.created, shipment.shipped, shipment.cancellationDeclined, shipment.delivered],
    [returned('r-o1', 'Li Na', 'o1')],
    [returned('r2')],
    [refund('r2')],
    Object.values(shiftStream('1')),
    [orderStream('o2').placed, orderStream('o2').allocated, orderStream('o2').cancelled],
    [paymentStream('o2').authorized, paymentStream('o2').voided],
    [shipmentStream('o2').created, shipmentStream('o2').cancelled],
  ];
  const expected = rows(...streams.flat());

  it('does not matter: any interleaving gives the same rows', () => {
    fc.assert(fc.property(interleaved(streams), (events) => expect(rows(...events)).toEqual(expected)));
  });

  it('does matter within a stream, so that the property is not empty', () => {
    expect(rows(...streams.flat().reverse())).not.toEqual(expected);
  });

  it('leaves a document out of sight until its own stream was read', () => {
    const early = rows(payment.captured, shipment.created).get(JSON.stringify({ id: 'o1' }));
    expect(early).toMatchObject({ kind: null, placedAt: null, payment: 'captured', shipment: 'created' });
  });
});
