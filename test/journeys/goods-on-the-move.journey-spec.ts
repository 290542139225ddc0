import { Client } from 'pg';
import { World } from './world';

interface Document {
  id: string;
  status: string;
  position: string;
}

interface Units {
  onHand: number;
  inTransit: number;
  netChange: number;
}

describe('goods from the supplier to the shelf', () => {
  let world: World;
  let purchase: Document;
  let transfer: Document;
  const at = async (location: string): Promise<Units | undefined> => {
    const { byLocation } = await world.get<{ byLocation: (Units & { location: string })[] }>('/unified-view/stock/tea');
    return byLocation.find((place) => place.location === location);
  };
  const inbound = (): Promise<object> => world.get<object>('/inventory/stock/tea');

  beforeAll(async () => {
    world = await World.open();
    await world.place('dc', 'warehouse', 50);
    await world.place('hema-1', 'store', 20);
    await world.product('tea', 2500);
    await world.rest();
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  it('are ordered, and can be promised for the day on which they are expected, and not before', async () => {
    const order = { supplier: 'longjing', location: 'dc', lines: [{ sku: 'tea', quantity: 100 }], expectedAt: '2099-04-05' };
    purchase = await world.post<Document>('/inventory/purchase-orders', order);
    expect(await world.get('/inventory/atp/tea?channel=storefront', purchase.position)).toMatchObject({
      channels: [{ available: 0 }],
    });
    expect(await world.get('/inventory/atp/tea?channel=storefront&date=2099-04-05')).toMatchObject({
      channels: [{ available: 100 }],
    });
    expect(await world.order('tea', 1)).toMatchObject({ status: 'rejected', reason: 'out-of-stock' });
  }, 30_000);

  it('come in two short, and nothing more is expected', async () => {
    const delivery = { lines: [{ sku: 'tea', quantity: 98 }], closes: true };
    const closed = await world.post<Document>(`/inventory/purchase-orders/${purchase.id}/receipts`, delivery);
    expect(closed).toMatchObject({ status: 'closed', lines: [{ sku: 'tea', quantity: 100, received: 98, outstanding: 0 }] });
    await world.rest();
    expect(await inbound()).toMatchObject({ onHand: 98, inbound: 0 });
  }, 30_000);

  it('go to the store but for what is promised, and are on no shelf meanwhile', async () => {
    expect(await world.order('tea', 8)).toMatchObject({ status: 'confirmed', location: 'dc' });
    const move = { from: 'dc', to: 'hema-1', lines: [{ sku: 'tea', quantity: 91 }], expectedAt: '2099-04-06' };
    expect(await world.write('POST', '/inventory/transfers', move)).toMatchObject({
      status: 409,
      body: { code: 'out-of-stock' },
    });
    transfer = await world.post<Document>('/inventory/transfers', { ...move, lines: [{ sku: 'tea', quantity: 90 }] });
    await world.rest();
    expect([await at('dc'), await at('hema-1')]).toMatchObject([{ onHand: 8 }, { onHand: 0, inTransit: 90 }]);
    expect(await inbound()).toMatchObject({ onHand: 8, reserved: 8, available: 0, inTransit: 90, inbound: 90 });
    expect(await world.order('tea', 1)).toMatchObject({ status: 'rejected', reason: 'out-of-stock' });
  }, 30_000);

  it('arrive with a broken crate, which is written off with its reason', async () => {
    const counted = { lines: [{ sku: 'tea', quantity: 84 }], lostReason: 'crate broken' };
    const arrived = await world.post<Document>(`/inventory/transfers/${transfer.id}/receipts`, counted);
    expect(arrived).toMatchObject({ status: 'received', lines: [{ sku: 'tea', quantity: 90, received: 84, lost: 6 }] });
    await world.rest();
    expect(await at('hema-1')).toMatchObject({ onHand: 84, inTransit: 0, netChange: -6 });
    expect(await world.order('tea', 4)).toMatchObject({ status: 'confirmed', location: 'hema-1' });
  }, 30_000);

  it('are all told of in one explanation', async () => {
    const { formula } = await world.get<{ formula: string }>('/inventory/stock/tea/explain?location=hema-1');
    expect(formula).toBe(
      'available 80 = on hand 84 - reserved 4; on hand 84 = transfer received 84; reserved 4 = reserved 4; ' +
        'in transit 0 = transfer announced 90 - transfer lost 6 - transfer received 84',
    );
  });

  it('leave books that hold: what came in is on hand, sold or lost', () => world.expectBooksToHold(), 60_000);

  it('and books that do not when six lost units become five: it is named', async () => {
    const database = new Client({ connectionString: world.system.databaseUrl });
    await database.connect();
    const { rows } = await database.query(
      `UPDATE inventory.event SET data = replace(data::text, '"quantity":6', '"quantity":5')::json
       WHERE type = 'StockTransferLost' RETURNING stream`,
    );
    await database.end();
    expect(rows).toHaveLength(1);
    const failed = (await world.verify()).filter(({ ok }) => !ok).map(({ name, violations }) => [name, violations.join('\n')]);
    const words = Object.fromEntries(failed) as Record<string, string>;
    expect(words['stock-conservation']).toContain('tea@hema-1 has 1 in transit by stock events where transfers have 0');
    expect(words['stock-follows-documents']).toContain(`transfer lost ${transfer.id}, tea@hema-1`);
  }, 60_000);
});
