import fc from 'fast-check';
import { run, standIn, type Reply, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';

interface Units {
  onHand: number;
  reserved: number;
  available: number;
}

interface Explained {
  id: string;
  type: string;
  location: string;
  happenedAt: string;
  recordedAt: string;
  source: { kind: string; id: string };
  change: { onHand: number; reserved: number };
  balance: Units;
}

interface Explanation extends Units {
  formula: string;
  terms: { type: string; events: number }[];
  events: Explained[];
  byLocation: (Units & { location: string })[];
  next: string | null;
}

describe('the history of stock', () => {
  const others = ['storefront', 'hema', 'lingshoutong', 'fulfillment'].map(standIn);
  let inventory: Running;

  beforeAll(async () => {
    inventory = await run(...others.map(({ module }) => module), InventoryModule);
    for (const location of ['dc', 'shop']) {
      const place = { name: location, kind: 'warehouse', latitude: 30.3, longitude: 120.2 };
      await inventory.call('PUT', `/inventory/locations/${location}`, place);
    }
  }, 60_000);
  afterAll(() => inventory.stop());

  const receive = (sku: string, quantity: number, happenedAt: string, location = 'dc'): Promise<Reply<{ id: string }>> =>
    inventory.call('POST', '/inventory/receipts', { location, lines: [{ sku, quantity }], happenedAt });
  const adjust = (sku: string, quantity: number, happenedAt: string, location = 'dc'): Promise<Reply<{ id: string }>> =>
    inventory.call('POST', '/inventory/adjustments', { location, lines: [{ sku, quantity, reason: 'counted' }], happenedAt });
  const ask = <T = Units & { code: string }>(path: string, query: Record<string, string> = {}): Promise<Reply<T>> =>
    inventory.call<T>('GET', `/inventory/stock/${path}?${new URLSearchParams(query).toString()}`);
  const explain = async (sku: string, query: Record<string, string> = {}): Promise<Explanation> =>
    (await ask<Explanation>(`${sku}/explain`, query)).body;
  async function explainAll(sku: string, query: Record<string, string>): Promise<Explanation> {
    const first = await explain(sku, query);
    const events = [...first.events];
    for (let { next } = first; next !== null;) {
      const page = await explain(sku, { ...query, cursor: next });
      events.push(...page.events);
      next = page.next;
    }
    return { ...first, events };
  }

  it('is told on both axes of time: a correction counts from when it happened, or from when it was recorded', async () => {
    await receive('TEA', 10, '2026-01-05T08:00:00Z');
    await adjust('TEA', -3, '2026-01-03T00:00:00Z', 'shop');
    await adjust('TEA', -4, '2026-01-02T00:00:00Z');
    const [last, first] = (await explain('TEA', { location: 'dc' })).events;
    const asOf = async (query: Record<string, string>): Promise<number> => (await ask('TEA', query)).body.onHand;
    expect(await asOf({ asOf: '2026-01-01' })).toBe(0);
    expect(await asOf({ asOf: '2026-01-02' })).toBe(-4);
    expect(await asOf({ asOf: '2026-01-04', axis: 'happened' })).toBe(-7);
    expect(await asOf({ asOf: '2026-01-06', location: 'dc' })).toBe(6);
    expect(await asOf({ asOf: '2026-01-06', axis: 'recorded' })).toBe(0);
    expect(await asOf({ asOf: first!.recordedAt, axis: 'recorded' })).toBe(10);
    expect(await asOf({ asOf: last!.recordedAt, axis: 'recorded' })).toBe(3);
    expect(await asOf({ asOf: '2026-01-06', knownAt: first!.recordedAt })).toBe(10);
    expect((await ask('TEA/dc', { asOf: '2026-01-04' })).body).toMatchObject({
      location: 'dc',
      onHand: -4,
      asOf: '2026-01-04T00:00:00.000Z',
    });
  });

  it('is explained by the formula and the events, with the documents that they came from and the balance after each', async () => {
    const { body: receipt } = await receive('CUP', 12, '2026-02-01T08:00:00Z');
    const { body: adjustment } = await adjust('CUP', -2, '2026-02-02T08:00:00Z');
    const explanation = await explain('CUP');
    expect(explanation).toMatchObject({ sku: 'CUP', onHand: 10, reserved: 0, available: 10, next: null });
    expect(explanation.formula).toBe(
      'available 10 = on hand 10 - reserved 0; on hand 10 = received 12 - adjusted 2; reserved 0 = 0',
    );
    expect(explanation.events).toMatchObject([
      {
        type: 'StockAdjusted',
        source: { kind: 'adjustment', id: adjustment.id },
        change: { onHand: -2 },
        balance: { onHand: 10 },
      },
      { type: 'StockReceived', source: { kind: 'receipt', id: receipt.id }, change: { onHand: 12 }, balance: { onHand: 12 } },
    ]);
    const [lane, position] = explanation.events[0]!.id.split('-').slice(1);
    const { body } = await inventory.call<{ events: { id: string; type: string }[] }>(
      'GET',
      `/inventory/events?lane=${lane}&after=${Number(position) - 1}&limit=1`,
    );
    expect(body.events).toMatchObject([{ id: explanation.events[0]!.id, type: 'retail.inventory.StockAdjusted.v1' }]);
  });

  it('is explained page by page, and every page as of the same moment', async () => {
    for (let n = 1; n <= 9; n++) await receive('POT', n, `2026-03-0${n}T00:00:00Z`, n % 3 === 0 ? 'shop' : 'dc');
    const whole = await explain('POT');
    expect(whole.events.map(({ location }) => location)).toEqual([
      ...Array<string>(6).fill('dc'),
      ...Array<string>(3).fill('shop'),
    ]);
    const first = await explain('POT', { limit: '4' });
    expect(first).toMatchObject({ onHand: 45, terms: [{ type: 'StockReceived', events: 9 }] });
    await receive('POT', 100, '2026-03-09T00:00:00Z', 'shop');
    await receive('POT', 100, '2026-03-09T00:00:00Z', 'dc');
    const second = await explain('POT', { limit: '4', cursor: first.next! });
    const third = await explain('POT', { limit: '4', cursor: second.next! });
    expect([...first.events, ...second.events, ...third.events]).toEqual(whole.events);
    expect([second.formula, third.next]).toEqual([undefined, null]);
  });

  it('leads back to zero from any moment, however it is paged', async () => {
    const moments = Array.from({ length: 12 }, (_, n) => new Date(Date.UTC(2026, 2, n)).toISOString());
    const query = fc.record({ asOf: fc.constantFrom(...moments), limit: fc.constantFrom('1', '2', '50') });
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const { onHand, events, byLocation } = await explainAll('POT', asked);
        expect(events.reduce((sum, { change }) => sum + change.onHand, 0)).toBe(onHand);
        expect((await ask('POT', { asOf: asked.asOf })).body.onHand).toBe(onHand);
        for (const { location, onHand: there } of byLocation) {
          const here = events.filter((event) => event.location === location);
          expect(here[0]?.balance.onHand).toBe(there);
          expect(here.at(-1)?.balance.onHand).toBe(here.at(-1)?.change.onHand);
        }
      }),
      { numRuns: 20, seed: 20_260_305 },
    );
  });

  it('is nothing for a SKU that nobody has seen', async () => {
    expect((await ask('NOTHING', { asOf: '2026-01-01' })).body).toMatchObject({ onHand: 0, reserved: 0, byLocation: [] });
    expect(await explain('NOTHING')).toMatchObject({ available: 0, events: [], terms: [], next: null });
    expect((await ask('TEA/moon', { asOf: '2026-01-01' })).body).toMatchObject({ location: 'moon', onHand: 0 });
  });

  it.each([
    ['invalid-time', { asOf: 'yesterday' }],
    ['invalid-time', { asOf: '2026-02-30' }],
    ['invalid-time', { asOf: '' }],
    ['invalid-time', { asOf: '2026-01-01', knownAt: 'later' }],
    ['time-in-the-future', { asOf: '2999-01-01' }],
    ['time-in-the-future', { asOf: '2026-01-01', knownAt: '2999-01-01' }],
    ['invalid-axis', { asOf: '2026-01-01', axis: 'sideways' }],
    ['invalid-axis', { axis: 'happened' }],
    ['invalid-axis', { asOf: '2026-01-01', axis: 'recorded', knownAt: '2026-01-01' }],
  ])('answers %s to a moment that is none: %j', async (code, query) => {
    for (const path of ['TEA', 'TEA/dc', 'TEA/explain']) {
      expect(await ask(path, query)).toMatchObject({ status: 400, body: { code } });
    }
  });

  it.each([
    ['invalid-cursor', { cursor: 'nonsense' }],
    ['invalid-cursor', { cursor: Buffer.from('["2026-01-01","dc"]').toString('base64url') }],
    ['invalid-cursor', { cursor: Buffer.from('["never","","dc",1,2,3]').toString('base64url') }],
    ['invalid-limit', { limit: '0' }],
  ])('answers %s to a page that is none: %j', async (code, query) => {
    expect(await ask('TEA/explain', query as Record<string, string>)).toMatchObject({ status: 400, body: { code } });
  });
});
