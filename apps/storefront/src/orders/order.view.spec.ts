import { applied, recorded } from '#libs/eventsourcing/testing';
import { fold } from '#libs/eventsourcing/vocabulary';
import { order } from './order';
import { orderResource } from './order-resource';
import { orderView } from './order.view';
import { revealed, STANDS, standsExcept, type Stand } from './testing/history';

const rowOf = (stand: Stand) => {
  const events = STANDS[stand].map(({ type, data }) => recorded('storefront', 'order:o1', type, data));
  return [...applied(orderView, ...events).values()];
};

describe('the orders view', () => {
  it('has one row per order, as it now is', () => {
    expect(rowOf('delivered')).toEqual([
      {
        ...{ id: 'o1', customer: 'Li Na', status: 'delivered', reason: null, payment: 'captured' },
        ...{ totalMinor: 26_600, currency: 'CNY', location: 'hz-dc', placedAt: '2026-01-02T03:04:05.678Z' },
      },
    ]);
  });

  it.each(standsExcept('nowhere'))('says the same of an order that is %s as the order itself', (stand) => {
    const { id, status, reason, payment, totalMinor, currency, customer, location, placedAt } = orderResource(
      'o1',
      fold(order, STANDS[stand])!,
      revealed,
    );
    const facts = { id, status, payment, totalMinor, currency, customer, placedAt };
    expect(rowOf(stand)).toEqual([{ ...facts, reason: reason ?? null, location: location ?? null }]);
  });

  it('cannot begin in the middle of an order', () => {
    const event = recorded('storefront', 'order:o1', 'OrderShipped', { orderId: 'o1' });
    expect(() => applied(orderView, event)).toThrow('never placed');
  });
});
