import { explain, type Explanation } from '../../tools/retail/explain/explanation';
import { questionOf } from '../../tools/retail/explain/question';
import { World, type Order } from './world';

interface Level {
  onHand: number;
  reserved: number;
  available: number;
}

describe('a number on a screen', () => {
  let world: World;
  let order: Order;
  let sale: { id: string };
  const tea = (moment: Record<string, string> = {}): Promise<Level> =>
    world.get(`/inventory/stock/tea?${new URLSearchParams(moment).toString()}`);
  const explained = (): Promise<Explanation> => explain(world.api, questionOf('stock:tea', {}), Infinity);

  beforeAll(async () => {
    world = await World.open();
    await world.place('dc', 'warehouse');
    await world.place('west-lake', 'store', 3);
    await world.product('tea', 8800, { dc: 10, 'west-lake': 4 });
    await world.rest();
    order = await world.order('tea', 2);
    await world.ship(order.id);
    const shift = await world.post<{ id: string }>('/hema/shifts', {
      ...{ store: 'west-lake', till: 'T1', cashier: 'Zhang Wei', floatMinor: 10_000, currency: 'CNY' },
    });
    const lines = [{ sku: 'tea', quantity: 1 }];
    sale = await world.post('/hema/sales', { shiftId: shift.id, lines, tender: 'cash' });
    await world.rest();
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  it('is explained down to the order and the sale that made it', async () => {
    const { value, formula, events } = await explained();
    expect(value).toBe((await world.get<Level>('/unified-view/stock/tea')).available);
    expect(formula).toBe(
      'available 11 = on hand 11 - reserved 0; on hand 11 = received 14 - shipped 2 - sold 1; reserved 0 = reserved 2 - shipped 2',
    );
    const story = events.map(({ location, type, source }) => `${location} ${type} ${source?.kind ?? ''}`);
    expect(story).toEqual([
      ...['dc StockShipped order', 'dc StockReserved order', 'dc StockReceived receipt'],
      ...['west-lake StockSold sale', 'west-lake StockReceived receipt'],
    ]);
    expect(events.map(({ source }) => source?.id)).toEqual(expect.arrayContaining([order.id, sale.id]));
  });

  it('can be seen as it was before each of its events, and after', async () => {
    const { events } = await explained();
    for (const { location, recordedAt, balance } of events) {
      const after = await tea({ asOf: recordedAt, axis: 'recorded', location });
      expect(after).toMatchObject(balance);
    }
  });

  it('is corrected in the past where somebody says so, and the books still know what they said', async () => {
    const before = new Date().toISOString();
    const lines = [{ sku: 'tea', quantity: -1, reason: 'a broken tin, found at the count of New Year' }];
    await world.post('/inventory/adjustments', { location: 'dc', lines, happenedAt: '2026-01-01T00:00:00Z' });
    await world.rest();
    expect(await tea({ asOf: '2026-01-01' })).toMatchObject({ onHand: -1 });
    expect(await tea({ asOf: before })).toMatchObject({ onHand: 10 });
    expect(await tea({ asOf: before, axis: 'recorded' })).toMatchObject({ onHand: 11 });
    expect(await tea({ asOf: before, knownAt: before })).toMatchObject({ onHand: 11 });
  });

  it('leaves books that hold', () => world.expectBooksToHold(), 60_000);
});
