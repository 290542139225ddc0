import { compare, type Comparison } from '../../tools/retail/what-if/replay-slice';
import type { Change } from '../../tools/retail/what-if/change';
import { HANGZHOU, World } from './world';

describe('a day that is played again', () => {
  let world: World;
  let morning: string;
  const filled: boolean[] = [];
  const whatIf = (change: Change): Promise<Comparison> =>
    compare(world.api, { from: morning, to: new Date().toISOString() }, change);

  beforeAll(async () => {
    world = await World.open();
    await world.place('west-lake', 'store');
    await world.place('dc', 'warehouse', 20);
    await world.product('tea', 8800, { 'west-lake': 10, dc: 12 });
    await world.rest();
    morning = new Date().toISOString();
    const till = { store: 'west-lake', till: 'T1', cashier: 'Zhang Wei', floatMinor: 10_000, currency: 'CNY' };
    const shift = await world.post<{ id: string }>('/hema/shifts', till);
    for (const quantity of [3, 4, 2, 5, 6, 7]) {
      const { id, status } = await world.order('tea', quantity);
      filled.push(status === 'confirmed');
      if (quantity % 2 === 0) await world.ship(id);
      await world.rest();
    }
    await world.post('/hema/sales', { shiftId: shift.id, lines: [{ sku: 'tea', quantity: 4 }], tender: 'cash' });
    const rush = Array.from({ length: 12 }, (_, n) => world.order('tea', 1, { customer: `buyer-${n}`, deliverTo: HANGZHOU }));
    for (const { status } of await Promise.all(rush)) filled.push(status === 'confirmed');
    await world.rest();
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  it('comes out as it really did when nothing is changed', async () => {
    const { reproduced, baseline, changed } = await whatIf({});
    expect(reproduced).toEqual({ decisions: filled.length, same: filled.length, differing: [] });
    expect(baseline).toMatchObject({ orders: filled.length, filled: filled.filter((is) => is).length });
    expect(changed).toEqual(baseline);
  }, 60_000);

  it('shows what a safety stock would have cost, and what it would have saved', async () => {
    const { baseline, changed, affected } = await whatIf({ safetyStock: 4 });
    expect(changed.unitsFilled).toBeLessThan(baseline.unitsFilled);
    expect(changed.oversold).toBeLessThan(baseline.oversold);
    expect(affected.lost).toBe(baseline.filled - changed.filled + affected.gained);
  }, 60_000);

  it('writes nothing anywhere', async () => {
    const before = await world.get('/inventory/events/heads');
    await whatIf({ safetyStock: 4, ttlSeconds: 1 });
    expect(await world.get('/inventory/events/heads')).toEqual(before);
    await world.expectBooksToHold();
  }, 60_000);
});
