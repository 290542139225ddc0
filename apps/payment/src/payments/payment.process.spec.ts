import { reactions, recorded } from '#libs/eventsourcing/testing';
import { IssueRefund } from '../refunds/issue-refund';
import { AuthorizePayment } from './authorize-payment';
import { CapturePayment } from './capture-payment';
import { ordersMoveMoney } from './orders.process';
import { RefundPayment } from './refund-payment';
import { shipmentsCaptureMoney } from './shipments.process';
import { VoidPayment } from './void-payment';

const storefrontSays = (stream: string, type: string, data: object): object[] =>
  reactions(ordersMoveMoney, recorded('storefront', stream, type, data));
const order = { orderId: 'o1', customer: 'Li Na' };
const totals = { lines: 1, units: 2, amountMinor: 17_600, currency: 'CNY' };

describe('what orders do to money', () => {
  it('an allocated order gets its total authorized', () => {
    expect(
      storefrontSays('order:o1', 'OrderAllocated', { ...order, totals, paymentToken: 'sealed:v1:key-of-li-na-0001:a-token' }),
    ).toEqual([
      Object.assign(new AuthorizePayment(), {
        ...order,
        amountMinor: 17_600,
        currency: 'CNY',
        paymentToken: 'sealed:v1:key-of-li-na-0001:a-token',
      }),
    ]);
  });

  it('a cancelled order lets its money go', () => {
    expect(storefrontSays('order:o1', 'OrderCancelled', { ...order, reason: 'too many', totals })).toEqual([
      Object.assign(new VoidPayment(), { orderId: 'o1', reason: 'too many' }),
    ]);
  });

  it.each(['out-of-stock', 'payment-declined'])('an order that was rejected for %s has no money to let go', (reason) => {
    expect(storefrontSays('order:o1', 'OrderRejected', { ...order, reason })).toEqual([]);
  });

  it('a parcel that left takes the money', () => {
    const event = recorded('fulfillment', 'shipment:o1', 'ShipmentShipped', { orderId: 'o1' });
    expect(reactions(shipmentsCaptureMoney, event)).toEqual([Object.assign(new CapturePayment(), { orderId: 'o1' })]);
  });
});

describe('what returns do to money', () => {
  const back = { returnId: 'r1', customer: 'Li Na', totals: { ...totals, units: -2, amountMinor: -17_600 } };

  it('goods of an order are refunded from its payment', () => {
    expect(storefrontSays('return:r1', 'ReturnAccepted', { ...back, orderId: 'o1' })).toEqual([
      Object.assign(new RefundPayment(), { orderId: 'o1', returnId: 'r1', amountMinor: 17_600 }),
    ]);
  });

  it('goods without an order are paid out', () => {
    expect(storefrontSays('return:r1', 'ReturnAccepted', back)).toEqual([
      Object.assign(new IssueRefund(), { returnId: 'r1', customer: 'Li Na', amountMinor: 17_600, currency: 'CNY' }),
    ]);
  });

  it('goods that were worth nothing give back nothing, and not less', () => {
    const [command] = storefrontSays('return:r1', 'ReturnAccepted', { ...back, totals: { ...totals, amountMinor: 0 } });
    expect(Object.is((command as IssueRefund).amountMinor, 0)).toBe(true);
  });
});
