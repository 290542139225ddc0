import { World, type Order } from './world';

interface Stock {
  onHand: number;
  reserved: number;
  available: number;
}
interface Payment {
  status: string;
  amountMinor: number;
  refundedMinor: number;
}

describe('a customer orders online', () => {
  let world: World;
  const stockOf = (sku: string): Promise<Stock> => world.get(`/unified-view/stock/${sku}`);
  const paymentOf = (id: string): Promise<Payment> => world.get(`/payment/payments/${id}`);
  const statusOf = async (id: string): Promise<string> => (await world.get<Order>(`/storefront/orders/${id}`)).status;

  beforeAll(async () => {
    world = await World.open();
    await world.place('far', 'warehouse', 90);
    await world.place('near', 'store', 10);
    await world.product('tea', 8800, { near: 5, far: 100 });
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  describe('and everything goes well', () => {
    let order: Order;

    it('it is confirmed from the nearest place that has all of it, with the money authorized', async () => {
      order = await world.order('tea', 3);
      expect(order).toMatchObject({
        status: 'confirmed',
        totalMinor: 26_400,
        currency: 'CNY',
        payment: 'authorized',
        location: 'near',
      });
      expect(await paymentOf(order.id)).toMatchObject({ status: 'authorized', amountMinor: 26_400 });
      await world.rest();
      expect(await stockOf('tea')).toMatchObject({ onHand: 105, reserved: 3, available: 102 });
    }, 30_000);

    it('it leaves, and only then is the money taken', async () => {
      expect(await world.ship(order.id)).toMatchObject({ status: 200, body: { status: 'shipped' } });
      await world.rest();
      expect(await paymentOf(order.id)).toMatchObject({ status: 'captured', amountMinor: 26_400 });
      expect(await stockOf('tea')).toMatchObject({ onHand: 102, reserved: 0 });
    }, 30_000);

    it('it arrives', async () => {
      await world.post(`/fulfillment/shipments/${order.id}/deliver`);
      await world.rest();
      expect(await statusOf(order.id)).toBe('delivered');
    }, 30_000);

    it('a part of it comes back: the goods are stock again, and the money is the customer’s', async () => {
      const lines = [{ sku: 'tea', quantity: 1 }];
      const body = { customer: 'Li Na', orderId: order.id, location: 'near', lines, currency: 'CNY', reason: 'one too many' };
      const back = await world.post('/storefront/returns', body);
      expect(back).toMatchObject({ totalMinor: -8800 });
      await world.rest();
      expect(await stockOf('tea')).toMatchObject({ onHand: 103, reserved: 0 });
      expect(await paymentOf(order.id)).toMatchObject({ status: 'captured', refundedMinor: 8800 });
      expect(await world.get(`/unified-view/orders/${back.id}`)).toMatchObject({
        ...{ kind: 'storefront-return', originalId: order.id, totalMinor: -8800 },
        payment: { status: 'refunded', refundedMinor: 8800 },
      });
    }, 30_000);

    it('one book shows its whole life, and one customer what they are worth', async () => {
      expect(await world.get(`/unified-view/orders/${order.id}`)).toMatchObject({
        ...{ channel: 'storefront', status: 'delivered', location: 'near', returnedUnits: 1, totalMinor: 26_400 },
        payment: { status: 'captured', authorizedMinor: 26_400, capturedMinor: 26_400, refundedMinor: 8800 },
        shipment: { status: 'delivered', carrier: 'own-riders' },
        lines: [{ sku: 'tea', quantity: 3, amountMinor: 26_400 }],
      });
      expect(await world.get('/unified-view/customers/Li%20Na')).toMatchObject({
        ...{ documents: 2, netMinor: { CNY: 17_600 }, channels: ['storefront'] },
        byKind: { 'storefront-order': { documents: 1, units: 3 }, 'storefront-return': { documents: 1, units: -1 } },
      });
    });
  });

  describe('and it comes to nothing', () => {
    it('because the payment is declined: the goods are free at once', async () => {
      const before = await stockOf('tea');
      const order = await world.order('tea', 2, { paymentToken: 'sandbox-decline' });
      expect(order).toMatchObject({ status: 'rejected', reason: 'payment-declined', payment: 'declined' });
      await world.rest();
      expect(await stockOf('tea')).toEqual(before);
    }, 30_000);

    it('because no place has all of it: nobody is asked for money', async () => {
      const order = await world.order('tea', 1000);
      expect(order).toMatchObject({ status: 'rejected', reason: 'out-of-stock', payment: 'none' });
      const { status, body } = await world.ask({ method: 'GET', path: `/payment/payments/${order.id}` });
      expect([status, body]).toEqual([404, expect.objectContaining({ code: 'unknown-payment' })]);
    }, 30_000);

    it('because the product costs nothing in this currency', async () => {
      const body = {
        customer: 'Li Na',
        currency: 'EUR',
        lines: [{ sku: 'tea', quantity: 1 }],
        deliverTo: { latitude: 0, longitude: 0 },
      };
      expect(await world.write('POST', '/storefront/orders', body)).toMatchObject({
        status: 422,
        body: { code: 'currency-mismatch' },
      });
    });
  });

  describe('and calls it off', () => {
    const cancel = (id: string) => world.write('POST', `/storefront/orders/${id}/cancel`, { reason: 'changed my mind' });

    it('before it is decided: whatever is held by then is let go', async () => {
      const before = await stockOf('tea');
      const body = {
        customer: 'Li Na',
        currency: 'CNY',
        lines: [{ sku: 'tea', quantity: 4 }],
        deliverTo: { latitude: 30, longitude: 120 },
      };
      const { id } = await world.post('/storefront/orders', body);
      expect((await cancel(id)).status).toBe(200);
      await world.rest();
      expect(await statusOf(id)).toBe('cancelled');
      expect(await stockOf('tea')).toMatchObject({ onHand: before.onHand, reserved: 0 });
    }, 30_000);

    it('after it is confirmed: the parcel is stopped, the goods are free, the money is given back', async () => {
      const before = await stockOf('tea');
      const { id } = await world.order('tea', 2);
      expect(await cancel(id)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
      await world.rest();
      expect(await paymentOf(id)).toMatchObject({ status: 'voided' });
      expect(await stockOf('tea')).toEqual(before);
      expect(await world.ship(id)).toMatchObject({ status: 409, body: { code: 'shipment-cancelled' } });
    }, 30_000);

    it('after it has left: too late, and the order goes on', async () => {
      const { id } = await world.order('tea', 1);
      await world.ship(id);
      await world.rest();
      expect(await cancel(id)).toMatchObject({ status: 409, body: { code: 'order-already-shipped' } });
      expect(await statusOf(id)).toBe('shipped');
    }, 30_000);

    it('at the moment when it leaves: one of the two happens, and money and goods follow it', async () => {
      const orders = await Promise.all([1, 2, 3, 4, 5].map(() => world.order('tea', 1)));
      await Promise.all(orders.flatMap(({ id }) => [world.ship(id), cancel(id)]));
      await world.rest();
      for (const { id } of orders) {
        const [status, payment] = [await statusOf(id), await paymentOf(id)];
        expect([`${status} ${payment.status}`]).toEqual([expect.stringMatching(/^(shipped captured|cancelled voided)$/)]);
      }
    }, 60_000);
  });

  it('and twice with one key, as somebody does whose connection broke: there is one order', async () => {
    const body = {
      customer: 'Chen Jie',
      currency: 'CNY',
      lines: [{ sku: 'tea', quantity: 1 }],
      deliverTo: { latitude: 30, longitude: 120 },
    };
    const headers = { 'idempotency-key': 'chen-jie-1', prefer: 'wait=20' };
    const [first, second] = await Promise.all([1, 2].map(() => world.write('POST', '/storefront/orders', body, headers)));
    const again = await world.write('POST', '/storefront/orders', body, headers);
    expect(new Set([first, second, again].map((answer) => (answer?.body as Order).id)).size).toBe(1);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await world.get('/unified-view/orders?customer=Chen%20Jie', (again.body as Order).position)).toMatchObject({
      items: [{ customer: 'Chen Jie' }],
      next: null,
    });
  }, 30_000);

  it('and leaves books that hold', () => world.expectBooksToHold(), 60_000);
});
