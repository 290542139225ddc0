import { World } from './world';

interface Document {
  id: string;
  number: number;
  position: string;
}

describe('a day in the stores and corner shops', () => {
  let world: World;
  const onHand = async (sku: string, location: string): Promise<number | undefined> => {
    const { byLocation } = await world.get<{ byLocation: { location: string; onHand: number }[] }>(`/unified-view/stock/${sku}`);
    return byLocation.find((place) => place.location === location)?.onHand;
  };

  beforeAll(async () => {
    world = await World.open();
    await world.place('dc', 'warehouse', 50);
    await world.place('hema-1', 'store', 20);
    await world.product('milk', 1200, { dc: 500, 'hema-1': 20 });
    const { position } = await world.put('/storefront/products/bag', {
      ...{ name: 'Carrier bag', kind: 'service', price: { amountMinor: 50, currency: 'CNY' } },
    });
    await world.rest();
    await world.get('/hema/price-list/bag', position);
  }, 120_000);
  afterAll(() => world.close(), 60_000);

  describe('at a till', () => {
    let sale: Document;
    const shift = { shiftId: 'early', store: 'hema-1', till: 't1', cashier: 'Wang Fang', floatMinor: 10_000, currency: 'CNY' };

    it('a shift begins', async () => {
      expect(await world.write('POST', '/hema/shifts', shift)).toMatchObject({ status: 201, body: { id: 'early' } });
    });

    it('a sale takes the goods off the shelf at once', async () => {
      const lines = [
        { sku: 'milk', quantity: 3 },
        { sku: 'bag', quantity: 1 },
      ];
      sale = await world.post<Document>('/hema/sales', { shiftId: 'early', lines, tender: 'cash' });
      expect(sale).toMatchObject({ kind: 'sale', number: 1, totalMinor: 3650, units: 4 });
      await world.rest();
      expect(await onHand('milk', 'hema-1')).toBe(17);
    }, 30_000);

    it('what comes back goes on the shelf again, at the price it was sold for', async () => {
      const lines = [{ sku: 'milk', quantity: 1 }];
      const body = { shiftId: 'early', originalSaleId: sale.id, lines, tender: 'cash', reason: 'sour' };
      const back = await world.post<Document>('/hema/returns', body, { 'after-position': sale.position });
      expect(back).toMatchObject({ kind: 'return', number: 2, totalMinor: -1200 });
      await world.rest();
      expect(await onHand('milk', 'hema-1')).toBe(18);
      const tooMany = await world.write('POST', '/hema/returns', { ...body, lines: [{ sku: 'milk', quantity: 3 }] });
      expect(tooMany).toMatchObject({ status: 422, body: { code: 'more-than-sold' } });
    }, 30_000);

    it('a sale is a fact, even of more than the books had', async () => {
      await world.post('/hema/sales', { shiftId: 'early', lines: [{ sku: 'milk', quantity: 25 }], tender: 'qr' });
      await world.rest();
      expect(await onHand('milk', 'hema-1')).toBe(-7);
      const { items } = await world.get<{ items: object[] }>('/inventory/discrepancies');
      expect(items).toMatchObject([{ sku: 'milk', location: 'hema-1', onHand: -7 }]);
    }, 30_000);

    it('the drawer is counted, and the difference is told', async () => {
      const closed = await world.post<object>('/hema/shifts/early/close', { countedMinor: 12_400 });
      expect(closed).toMatchObject({ status: 'closed', documents: 3, differenceMinor: -50 });
      const late = await world.write('POST', '/hema/sales', {
        shiftId: 'early',
        lines: [{ sku: 'bag', quantity: 1 }],
        tender: 'cash',
      });
      expect(late).toMatchObject({ status: 409, body: { code: 'shift-closed' } });
    });
  });

  describe('at a corner shop', () => {
    let id: string;

    it('the owner orders a case, which is held at the warehouse', async () => {
      const shop = { name: 'Auntie Wu', latitude: 30.3, longitude: 120.1 };
      await world.put('/lingshoutong/shops/wu', shop);
      const body = { shop: 'wu', currency: 'CNY', lines: [{ sku: 'milk', quantity: 48 }] };
      const order = await world.post('/lingshoutong/supply-orders', body, { prefer: 'wait=20' });
      expect(order).toMatchObject({ status: 'accepted', location: 'dc', totalMinor: 57_600 });
      id = order.id;
    }, 30_000);

    it('it leaves the warehouse and reaches the shelf, where everybody can see it', async () => {
      await world.post(`/lingshoutong/supply-orders/${id}/ship`);
      await world.rest();
      expect([await onHand('milk', 'dc'), await onHand('milk', 'wu')]).toEqual([452, undefined]);
      await world.post(`/lingshoutong/supply-orders/${id}/receive`);
      await world.rest();
      expect([await onHand('milk', 'dc'), await onHand('milk', 'wu')]).toEqual([452, 48]);
    }, 30_000);

    it('the shelf serves a neighbor who orders online', async () => {
      const deliverTo = { latitude: 30.3, longitude: 120.1 };
      expect(await world.order('milk', 2, { deliverTo })).toMatchObject({ status: 'confirmed', location: 'wu' });
    }, 30_000);

    it('an order of more than there is comes to nothing, and nothing is held for it', async () => {
      const body = { shop: 'wu', currency: 'CNY', lines: [{ sku: 'milk', quantity: 10_000 }] };
      const order = await world.post('/lingshoutong/supply-orders', body, { prefer: 'wait=20' });
      expect(order).toMatchObject({ status: 'rejected', reason: 'out-of-stock' });
    }, 30_000);
  });

  it('ends in one order book and one set of figures for all channels', async () => {
    await world.rest();
    const { items } = await world.get<{ items: { kind: string }[] }>('/unified-view/orders');
    expect(items.map(({ kind }) => kind).sort()).toEqual([
      ...['hema-return', 'hema-sale', 'hema-sale', 'lingshoutong-order', 'lingshoutong-order', 'storefront-order'],
    ]);
    expect(await world.get('/unified-view/orders?channel=hema&limit=2')).toMatchObject({
      items: [{}, {}],
      next: expect.any(String) as string,
    });
    expect(await world.get('/unified-view/sales/summary')).toEqual({
      ...{ documents: 5, lines: 6, units: 78, netMinor: 92_450, currency: 'CNY', otherCurrencies: [] },
      byKind: {
        'hema-return': { documents: 1, lines: 1, units: -1, minor: -1200 },
        'hema-sale': { documents: 2, lines: 3, units: 29, minor: 33_650 },
        'lingshoutong-order': { documents: 1, lines: 1, units: 48, minor: 57_600 },
        'storefront-order': { documents: 1, lines: 1, units: 2, minor: 2400 },
      },
    });
    expect(await world.get('/unified-view/stock/summary')).toMatchObject({ skus: 1, onHand: 493, reserved: 2, netChange: -75 });
    expect(await world.get('/unified-view/customers/wu')).toMatchObject({
      channels: ['lingshoutong'],
      netMinor: { CNY: 57_600 },
    });
  }, 30_000);

  it('can be looked at as it was: by when it happened, and by when it was known', async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const documents = async (query: string): Promise<number> =>
      (await world.get<{ documents: number }>(`/unified-view/sales/summary?${query}`)).documents;
    expect(await documents(`from=${yesterday}&to=${tomorrow}`)).toBe(5);
    expect(await documents(`to=${yesterday}`)).toBe(0);
    expect(await documents(`from=${tomorrow.slice(0, 10)}`)).toBe(0);
    expect(await documents(`asOf=${yesterday}`)).toBe(0);
    expect(await documents('currency=EUR')).toBe(0);
  });

  it('leaves books that hold', () => world.expectBooksToHold(), 60_000);
});
