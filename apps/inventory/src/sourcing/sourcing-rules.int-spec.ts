import { randomUUID } from 'node:crypto';
import { Consumers } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import { run, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';
import { AllocateOrder } from '../reservations/allocate-order';
import { HoldNearby } from '../reservations/hold-nearby';
import { FIRST_RULE } from './sourcing-rule';

interface Decisions {
  decisions: { event: string; rule: number; chosen?: string; feasible?: number; considered?: object[]; erased?: true }[];
}

const HOME = { latitude: 30, longitude: 120 };

describe('how orders are sourced', () => {
  let inventory: Running;

  beforeAll(async () => {
    inventory = await run(InventoryModule);
    for (const [location, north] of [
      ['near', 0.01],
      ['far', 0.1],
    ] as const) {
      const facts = { name: location, kind: 'store', latitude: 30 + north, longitude: 120 };
      await inventory.call('PUT', `/inventory/locations/${location}`, facts);
      const lines = [{ sku: 'TEA', quantity: 100 }];
      await inventory.call('POST', '/inventory/receipts', { location, lines });
    }
    await inventory.app.get(Consumers, { strict: false }).caughtUp(5000);
  }, 60_000);
  afterAll(() => inventory.stop());

  const rules = '/inventory/sourcing-rules/orders';
  const decisionsOf = (id: string): Promise<{ status: number; body: Decisions }> =>
    inventory.call<Decisions>('GET', `/inventory/reservations/${id}/sourcing`);

  async function order(customer: string, quantity = 1, sku = 'TEA'): Promise<string> {
    const orderId = randomUUID();
    const vault = inventory.app.get(Vault, { strict: false });
    const { deliverTo } = await vault.seal(customer, orderId, { deliverTo: HOME });
    const facts = { orderId, demand: 'online-order' as const, lines: [{ sku, quantity }], deliverTo };
    await inventory.carryOut(Object.assign(new HoldNearby(), facts));
    await inventory.carryOut(Object.assign(new AllocateOrder(), facts));
    return orderId;
  }

  it('can be asked before anybody has said it', async () => {
    expect(await inventory.call('GET', rules)).toMatchObject({ status: 200, body: { version: 0, ...FIRST_RULE } });
    expect(await inventory.call('GET', `${rules}?version=1`)).toMatchObject({ status: 404 });
    expect(await inventory.call('GET', '/inventory/sourcing-rules/returns')).toMatchObject({
      status: 404,
      body: { code: 'unknown-sourcing-rule' },
    });
  });

  it('can be asked of every order: who was considered, with which score, by which rule', async () => {
    const id = await order('li-na');
    const { body } = await decisionsOf(id);
    expect(body.decisions).toEqual([
      expect.objectContaining({ event: 'StockReservationMade', rule: 0, chosen: 'near', feasible: 2 }),
    ]);
    expect(body.decisions[0]?.considered).toMatchObject([
      { location: 'near', distanceKm: 1.11, points: 1.12 },
      { location: 'far', distanceKm: 11.12 },
    ]);
  });

  it('can be asked of an order that was refused: who was passed over, and why', async () => {
    const { body } = await decisionsOf(await order('li-na', 500));
    expect(body.decisions).toEqual([
      expect.objectContaining({
        ...{ event: 'StockReservationRefused', feasible: 0, considered: [] },
        passedOver: [
          { location: 'near', obstacle: 'short' },
          { location: 'far', obstacle: 'short' },
        ],
      }),
    ]);
    expect(await decisionsOf('nobody')).toMatchObject({ status: 404, body: { code: 'unknown-reservation' } });
  });

  it('forgets where somebody lived who was erased, and nothing else', async () => {
    const id = await order('zhao-lei');
    const vault = inventory.app.get(Vault, { strict: false });
    await vault.destroy(await vault.keysOf('zhao-lei'));
    const { body } = await decisionsOf(id);
    expect(body.decisions).toEqual([
      { at: expect.any(String) as string, event: 'StockReservationMade', rule: 0, chosen: 'near', erased: true },
    ]);
  });

  it('changes from the moment at which another rule is set, and tells by which one an order was sourced', async () => {
    const busy = { ...FIRST_RULE, weights: { ...FIRST_RULE.weights, distance: 0, promise: 100 } };
    await inventory.call('POST', '/inventory/receipts', { location: 'far', lines: [{ sku: 'TEA', quantity: 900 }] });
    expect(await inventory.call('PUT', rules, busy)).toMatchObject({ status: 201, body: { id: 'orders', version: 1 } });
    expect(await inventory.call('PUT', rules, busy)).toMatchObject({ status: 200, body: { version: 1 } });
    await inventory.app.get(Consumers, { strict: false }).caughtUp(5000);
    const chosen = async (): Promise<string | undefined> => (await decisionsOf(await order('li-na'))).body.decisions[0]?.chosen;
    for (const deadline = Date.now() + 10_000; (await chosen()) !== 'far' && Date.now() < deadline;);
    expect((await decisionsOf(await order('li-na'))).body.decisions).toMatchObject([{ rule: 1, chosen: 'far' }]);
    expect(await inventory.call('GET', `${rules}?version=0`)).toMatchObject({ body: { version: 0, ...FIRST_RULE } });
  });

  it('weighs how long the goods are good that would be sent', async () => {
    const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    for (const [location, days] of [
      ['near', 1],
      ['far', 30],
    ] as const) {
      const lots = [{ lot: `L-${days}`, quantity: 9, expiresOn: inDays(days) }];
      await inventory.call('POST', '/inventory/receipts', { location, lines: [{ sku: 'MILK', quantity: 9, lots }] });
    }
    const { body: before } = await inventory.call<{ version: number }>('GET', rules);
    await inventory.call('PUT', rules, { ...FIRST_RULE, weights: { ...FIRST_RULE.weights, freshness: 100 } });
    await inventory.app.get(Consumers, { strict: false }).caughtUp(5000);
    const decided = async () => (await decisionsOf(await order('li-na', 1, 'MILK'))).body.decisions[0];
    for (const deadline = Date.now() + 10_000; (await decided())?.rule === before.version && Date.now() < deadline;);
    const decision = await decided();
    expect(decision).toMatchObject({ chosen: 'far' });
    expect(decision?.considered?.[1]).toMatchObject({ location: 'near', staleness: 0.86 });
    await inventory.call('PUT', rules, FIRST_RULE);
  });

  it.each([
    ['a weight below zero', { weights: { ...FIRST_RULE.weights, distance: -1 } }],
    ['no weights', { weights: undefined }],
    ['a weight that is missing', { weights: { ...FIRST_RULE.weights, load: undefined } }],
    ['a hundred parcels', { maxParcels: 100 }],
    ['farther than round the Earth', { maxExcessKm: 1e9 }],
    ['a cost that is none', { cost: { parcelMinor: {}, perKmMinor: 1 } }],
    ['what nobody knows', { maxMiles: 3 }],
  ])('is not changed by %s', async (_, wrong) => {
    const { body: before } = await inventory.call<{ version: number }>('GET', rules);
    const changed = { ...FIRST_RULE, freshDays: 9, ...wrong };
    expect(await inventory.call('PUT', rules, changed)).toMatchObject({ status: 400 });
    expect(await inventory.call('GET', rules)).toMatchObject({ body: { version: before.version } });
  });

  it('is not changed by who has not seen the last change', async () => {
    const changed = { ...FIRST_RULE, freshDays: 30 };
    expect(await inventory.call('PUT', rules, changed, { 'if-match': '"0"' })).toMatchObject({
      status: 412,
      body: { code: 'version-mismatch' },
    });
    expect(await inventory.call('PUT', rules, changed, { 'if-match': '"3"' })).toMatchObject({ status: 200 });
  });
});
