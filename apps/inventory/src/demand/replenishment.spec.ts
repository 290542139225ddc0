import { dayAt, numberOf } from './business-day';
import { pastsByArea, rhythmsByArea } from './demand-history';
import { replenish, type StockPosition } from './replenishment';

const MONDAY = numberOf('2026-03-02');
const DAYS = Array.from({ length: 28 }, (_, n) => dayAt(MONDAY + n));
const supply = { serviceLevel: 0.95, leadTimeDays: 3, leadTimeDeviation: 0, reviewDays: 7 };
const at = (location: string, available: number, more: Partial<StockPosition> = {}): StockPosition => ({
  ...{ sku: 'TEA', location, kind: 'warehouse', available, inbound: 0, latitude: 30, longitude: 120 },
  ...more,
});

/** The store sells ten a day, every day. */
const rhythms = rhythmsByArea(
  DAYS.map((day) => ({ area: 'store', day, units: 100 })),
  DAYS.at(-1)!,
);
const pasts = pastsByArea(
  DAYS.map((day) => ({ sku: 'TEA', area: 'store', day, recorded: 10 })),
  rhythms,
);
const plan = (...positions: StockPosition[]): ReturnType<typeof replenish> => replenish('TEA', { positions, pasts, supply });

describe('replenishment', () => {
  it('moves goods towards demand, and says why', () => {
    const { places, transfers, purchases } = plan(at('dc', 400), at('store', 12, { kind: 'store', latitude: 30.1 }));
    expect(places).toMatchObject([
      { location: 'dc', reorderPoint: 0, class: 'no-demand' },
      {
        location: 'store',
        perDay: 10,
        safetyStock: 0,
        reorderPoint: 30,
        orderUpTo: 100,
        class: 'smooth',
        method: 'holt-winters',
      },
    ]);
    const make = { from: 'dc', to: 'store', lines: [{ sku: 'TEA', quantity: 88 }] };
    const suggested = { from: 'dc', to: 'store', quantity: 88, distanceKm: 11, make };
    expect(transfers).toEqual([{ ...suggested, reason: expect.any(String) as string }]);
    expect(transfers[0]?.reason).toBe(
      'store has 12 and its reorder point is 30: 10 a day for 3 days, and 0 against bad luck at a service level of 95 %; ' +
        'this fills it up to 100; dc can spare it, 11 km away',
    );
    expect(purchases).toEqual([]);
  });

  it('buys what no other place can spare', () => {
    expect(plan(at('store', 12)).purchases).toMatchObject([{ location: 'store', quantity: 88 }]);
  });

  it('sends nothing twice: what is on its way counts, and is told', () => {
    expect(plan(at('dc', 400), at('store', 12, { inbound: 19 }))).toMatchObject({ transfers: [], purchases: [] });
    const { places, transfers } = plan(at('dc', 400), at('store', 12, { inbound: 18 }));
    expect(transfers).toMatchObject([
      { quantity: 70, reason: expect.stringContaining('store has 12, 18 are on their way,') as string },
    ]);
    expect(places).toMatchObject([{}, { available: 12, inbound: 18 }]);
  });

  it('gives away only what is there', () => {
    expect(plan(at('dc', 20, { inbound: 400 }), at('store', 0)).transfers).toMatchObject([{ quantity: 20 }]);
  });

  it('takes nothing from lockers and corner shops', () => {
    const others = [at('locker', 400, { kind: 'locker' }), at('wang', 400, { kind: 'corner-shop' })];
    expect(plan(...others, at('store', 12)).transfers).toEqual([]);
  });

  it('lacks nothing where stock is above the reorder point', () => {
    expect(plan(at('dc', 400), at('store', 31))).toMatchObject({ transfers: [], purchases: [] });
  });
});

describe('the past of a SKU', () => {
  it('has zeros where an area traded and nobody asked for it, and nothing of days of rest', () => {
    const traded = [DAYS[0]!, DAYS[1]!, DAYS[3]!].map((day) => ({ area: 'store', day, units: 50 }));
    const sold = [{ sku: 'TEA', area: 'store', day: DAYS[1]!, recorded: 4 }];
    const past = pastsByArea(sold, rhythmsByArea(traded, DAYS[3]!)).get('store');
    expect(past?.units).toEqual([0, 4, 0]);
  });
});
