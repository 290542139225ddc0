import { HANGZHOU, World, type Order } from './world';

interface Reservation {
  id: string;
  status: string;
  location: string;
  expiresAt?: string;
  position: string;
}
interface Problem {
  code: string;
  short: object[];
}

describe('a customer puts goods into a cart that is held for a while', () => {
  let world: World;
  const hold = (sku: string, quantity: number, more: object = {}): Promise<Reservation> =>
    world.post<Reservation>('/inventory/reservations', {
      ...{ lines: [{ sku, quantity }], deliverTo: HANGZHOU, ttlSeconds: 600 },
      ...more,
    });
  const statusOf = async ({ id }: Reservation): Promise<string> =>
    (await world.get<Reservation>(`/inventory/reservations/${id}`)).status;
  const available = async (sku: string): Promise<number> =>
    (await world.get<{ available: number }>(`/unified-view/stock/${sku}`)).available;

  beforeAll(async () => {
    world = await World.open();
    await world.place('near', 'store', 1);
    await world.place('far', 'warehouse', 60);
    await world.product('phone', 399_900, { near: 2 });
    await world.product('case', 9900, { near: 5 });
    await world.product('film', 4900, { near: 9 });
    await world.put('/storefront/products/phone-set', {
      ...{ name: 'Phone with case and two films', price: { amountMinor: 415_000, currency: 'CNY' } },
      components: [
        { sku: 'phone', quantity: 1 },
        { sku: 'case', quantity: 1 },
        { sku: 'film', quantity: 2 },
      ],
    });
    await world.rest();
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  it('so that nobody else can buy them, and whoever tries is told where there are more', async () => {
    const cart = await hold('phone', 2);
    expect(cart).toMatchObject({ status: 'held', location: 'near' });
    expect(await world.order('phone', 1)).toMatchObject({ status: 'rejected', reason: 'out-of-stock' });
    await world.post('/inventory/receipts', { location: 'far', lines: [{ sku: 'phone', quantity: 4 }] });
    await world.rest();
    const wish = { lines: [{ sku: 'phone', quantity: 1 }], location: 'near', ttlSeconds: 60 };
    const { status, body } = await world.write('POST', '/inventory/reservations', wish);
    expect(status).toBe(409);
    expect((body as Problem).short).toEqual([
      { sku: 'phone', requested: 1, available: 0, elsewhere: [{ location: 'far', available: 4 }] },
    ]);
    await world.post(`/inventory/reservations/${cart.id}/release`);
  }, 60_000);

  it('and pays for them: the order takes over the very units, though they are the last', async () => {
    const cart = await hold('phone', 2);
    const order = await world.order('phone', 2, { reservationId: cart.id });
    expect(order).toMatchObject({ status: 'confirmed', location: 'near' });
    expect(await statusOf(cart)).toBe('released');
    await world.rest();
    expect(await world.get('/inventory/stock/phone/near')).toMatchObject({ onHand: 2, reserved: 2, available: 0 });
    await world.ship(order.id);
    await world.rest();
    expect(await world.get('/inventory/stock/phone/near')).toMatchObject({ onHand: 0, reserved: 0 });
  }, 60_000);

  it('and forgets it: the goods are free again, and the order is allocated like any other', async () => {
    const before = await available('case');
    const cart = await hold('case', 3, { ttlSeconds: 1 });
    for (let times = 0; times < 1000 && (await statusOf(cart)) === 'held'; times++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await statusOf(cart)).toBe('expired');
    await world.rest();
    expect(await available('case')).toBe(before);
    const late = await world.write('POST', `/inventory/reservations/${cart.id}/commit`, {});
    expect(late).toMatchObject({ status: 409, body: { code: 'reservation-expired' } });
    expect(await world.order('case', 1, { reservationId: cart.id })).toMatchObject({ status: 'confirmed' });
  }, 60_000);

  it('and buys a set: what it is made of is held, sent and taken back, and the money is that of the set', async () => {
    await world.post('/inventory/receipts', { location: 'near', lines: [{ sku: 'phone', quantity: 1 }] });
    await world.rest();
    const [before, films] = [await available('phone'), await available('film')];
    expect(await world.get('/storefront/products')).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ sku: 'phone-set', components: expect.any(Array) as object[] }),
      ]) as object[],
    });
    const cart = await hold('phone-set', 1);
    const order: Order = await world.order('phone-set', 1, { reservationId: cart.id });
    expect(order).toMatchObject({ status: 'confirmed', totalMinor: 415_000 });
    await world.ship(order.id);
    await world.rest();
    expect([await available('phone'), await available('film')]).toEqual([before - 1, films - 2]);
    const lines = [{ sku: 'phone-set', quantity: 1 }];
    const back = { customer: 'Li Na', orderId: order.id, location: 'near', lines, currency: 'CNY' };
    expect(await world.post('/storefront/returns', back)).toMatchObject({ totalMinor: -415_000 });
    await world.rest();
    expect([await available('phone'), await available('film')]).toEqual([before, films]);
  }, 60_000);

  it('which the till of the store sells as well', async () => {
    const films = await available('film');
    const shift = { shiftId: 's1', store: 'near', till: 't1', cashier: 'Wang Fang', floatMinor: 0, currency: 'CNY' };
    await world.post('/hema/shifts', shift);
    await world.post('/hema/sales', { shiftId: 's1', lines: [{ sku: 'phone-set', quantity: 1 }], tender: 'cash' });
    await world.rest();
    expect(await available('film')).toBe(films - 2);
  }, 60_000);

  it('while the store keeps a few for whoever walks in', async () => {
    await world.product('lamp', 19_900, { near: 10 });
    const policy = { safetyStock: 1, quotas: [{ channel: 'hema', units: 6 }] };
    await world.put('/inventory/promise-policies/lamp/near', policy);
    await world.rest();
    expect(await world.get('/inventory/atp/lamp?location=near')).toMatchObject({
      channels: [
        { channel: 'storefront', available: 3, keptForOthers: 6 },
        { channel: 'hema', available: 9, keptForOthers: 0 },
        { channel: 'lingshoutong', available: 3, keptForOthers: 6 },
      ],
    });
    expect(await world.order('lamp', 4)).toMatchObject({ status: 'rejected', reason: 'out-of-stock' });
    expect(await world.order('lamp', 3)).toMatchObject({ status: 'confirmed' });
    expect(await hold('lamp', 6, { channel: 'hema' })).toMatchObject({ status: 'held' });
  }, 60_000);

  it('and leaves books that hold', async () => {
    await world.rest();
    await world.expectBooksToHold();
  }, 60_000);
});
