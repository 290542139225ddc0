import { World, type Order } from './world';

interface Parcels {
  location: string;
  parcels?: { location: string; lines: object[] }[];
}
interface Sourcing {
  decisions: { event: string; chosen?: string; rule: number; considered?: { location: string }[] }[];
}

describe('a city in which no place has everything', () => {
  let world: World;
  const both = (): Promise<Order> =>
    world.order('tea', 1, {
      lines: [
        { sku: 'tea', quantity: 1 },
        { sku: 'cup', quantity: 1 },
      ],
    });
  const held = ({ id }: Order): Promise<Parcels> => world.get<Parcels>(`/inventory/reservations/${id}`);
  const shipment = ({ id }: Order): Promise<Parcels> => world.get<Parcels>(`/fulfillment/shipments/${id}`);
  const again = ({ id }: Order, body: object): Promise<{ status: number; body: unknown }> =>
    world.write('POST', `/inventory/reservations/${id}/source-again`, body);
  const units = (sku: string, location: string): Promise<object> => world.get(`/inventory/stock/${sku}/${location}`);

  beforeAll(async () => {
    world = await World.open();
    await world.place('near', 'store', 1);
    await world.place('mid', 'store', 5);
    await world.place('far', 'warehouse', 9);
    await world.product('tea', 8800, { near: 10, far: 10 });
    await world.product('cup', 2900, { mid: 10 });
    await world.product('pot', 9900, { near: 5, far: 5 });
    await world.rest();
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  it('refuses what would have to come in two parcels, until the rule allows it', async () => {
    expect(await both()).toMatchObject({ status: 'rejected', reason: 'out-of-stock' });
    const rule = await world.get<{ version: number; id: string }>('/inventory/sourcing-rules/orders');
    const { version: _version, id: _id, ...terms } = rule;
    await world.put('/inventory/sourcing-rules/orders', { ...terms, maxParcels: 2 });
    // Whoever ordered in the half second before was asked by the old rule.
    const confirmed = async (): Promise<Order> => {
      for (const deadline = Date.now() + 10_000; ;) {
        const order = await both();
        if (order.status === 'confirmed' || Date.now() > deadline) return order;
      }
    };
    const order = await confirmed();
    expect(order).toMatchObject({ status: 'confirmed', parcels: [{ location: 'near' }, { location: 'mid' }] });
  }, 60_000);

  it('sends it from both, one after the other, and takes the money once, with the last', async () => {
    const order = await both();
    await world.rest();
    expect(await shipment(order)).toMatchObject({ parcels: [{ location: 'near' }, { location: 'mid' }] });
    const ship = (location: string): Promise<object> => world.post(`/fulfillment/shipments/${order.id}/ship`, { location });
    await ship('mid');
    await world.rest();
    expect(await held(order)).toMatchObject({ status: 'held', location: 'near', lines: [{ sku: 'tea', quantity: 1 }] });
    expect(await world.get(`/storefront/orders/${order.id}`)).toMatchObject({ status: 'confirmed', payment: 'authorized' });
    await ship('near');
    await world.rest();
    expect(await held(order)).toMatchObject({ status: 'shipped' });
    expect(await world.get(`/storefront/orders/${order.id}`)).toMatchObject({ status: 'shipped', payment: 'captured' });
    await world.expectBooksToHold();
  }, 60_000);

  it('lets go of all parcels when the order is called off', async () => {
    const before = [await units('tea', 'near'), await units('cup', 'mid')];
    const order = await both();
    await world.post(`/storefront/orders/${order.id}/cancel`, { reason: 'too many' });
    await world.rest();
    expect([await units('tea', 'near'), await units('cup', 'mid')]).toMatchObject(
      before.map((level) => ({ reserved: (level as { reserved: number }).reserved })),
    );
    await world.expectBooksToHold();
  }, 60_000);

  it('finds another place for what was not there when somebody came for it, and packs it there', async () => {
    const order = await world.order('pot', 1);
    expect(order).toMatchObject({ status: 'confirmed', location: 'near' });
    await world.rest();
    expect(await again(order, { reason: 'short-pick' })).toMatchObject({
      status: 200,
      body: { status: 'held', location: 'far', failed: ['near'] },
    });
    await world.rest();
    expect(await shipment(order)).toMatchObject({ location: 'far' });
    expect(await world.get(`/storefront/orders/${order.id}`)).toMatchObject({ status: 'confirmed', location: 'far' });
    const { decisions } = await world.get<Sourcing>(`/inventory/reservations/${order.id}/sourcing`);
    expect(decisions).toMatchObject([
      { event: 'StockReservationMade', chosen: 'near' },
      { event: 'StockReservationMoved', chosen: 'far', considered: [{ location: 'far' }] },
    ]);
    expect(await again(order, { reason: 'rejected' })).toMatchObject({ status: 409, body: { code: 'no-other-place' } });
    await world.ship(order.id);
    await world.rest();
    expect(await again(order, { reason: 'rejected' })).toMatchObject({ status: 409, body: { code: 'reservation-not-held' } });
    expect(await units('pot', 'far')).toMatchObject({ onHand: 4, reserved: 0 });
    expect(await units('pot', 'near')).toMatchObject({ onHand: 5, reserved: 0 });
    await world.expectBooksToHold();
  }, 60_000);

  it.each([
    ['nobody knows', { reason: 'rejected' }, 404, 'unknown-reservation'],
    ['has no reason', {}, 400, 'invalid-request'],
    ['is of a reason that is none', { reason: 'bored' }, 400, 'invalid-request'],
  ])('does nothing about what %s', async (_, body, status, code) => {
    const answer = await world.write('POST', '/inventory/reservations/no-such/source-again', body);
    expect(answer).toMatchObject({ status, body: { code } });
  });
});
