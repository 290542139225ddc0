import { World, HANGZHOU, type Order } from './world';

const BUYERS = 400;
const UNITS = 100;

describe(`${BUYERS} buyers at once for the last ${UNITS} units`, () => {
  let world: World;
  let answers: { status: number; body: Order }[];

  beforeAll(async () => {
    world = await World.open();
    await world.place('dc', 'warehouse');
    await world.product('phone', 399_900, { dc: UNITS });
    await world.rest();
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  it('are all answered, and none with a fault', async () => {
    const buy = (_: unknown, n: number) => {
      const lines = [{ sku: 'phone', quantity: 1 }];
      const body = { customer: `buyer-${n}`, currency: 'CNY', lines, deliverTo: HANGZHOU };
      return world.write('POST', '/storefront/orders', body, { prefer: 'wait=30' });
    };
    answers = (await Promise.all(Array.from({ length: BUYERS }, buy))) as typeof answers;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  }, 90_000);

  it(`of whom exactly ${UNITS} get one, with their money authorized`, async () => {
    const confirmed = answers.filter(({ body }) => body.status === 'confirmed');
    expect(confirmed).toHaveLength(UNITS);
    const payments = confirmed.map(({ body: { id } }) =>
      world.get<{ status: string; amountMinor: number }>(`/payment/payments/${id}`),
    );
    const held = (await Promise.all(payments)).filter(
      ({ status, amountMinor }) => status === 'authorized' && amountMinor === 399_900,
    );
    expect(held).toHaveLength(UNITS);
  }, 60_000);

  it('and all others are told so, and nothing is asked of them', async () => {
    const rejected = answers.filter(({ body }) => body.status === 'rejected' && body.reason === 'out-of-stock');
    expect(rejected).toHaveLength(BUYERS - UNITS);
    const asked = rejected.map(({ body: { id } }) => world.ask({ method: 'GET', path: `/payment/payments/${id}` }));
    expect((await Promise.all(asked)).filter(({ status }) => status !== 404)).toEqual([]);
  }, 60_000);

  it('leave every unit promised and none oversold', async () => {
    await world.rest();
    expect(await world.get('/unified-view/stock/phone')).toMatchObject({ onHand: UNITS, reserved: UNITS, available: 0 });
  }, 60_000);

  it('leave books that hold', () => world.expectBooksToHold(), 60_000);
});
