import type { DemandEvents } from '#libs/contracts';
import { applied, given, recorded } from '#libs/eventsourcing/testing';
import type { EventOf, RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { dailyDemand, NOWHERE } from './daily-demand';
import { type DailyDemandRow, dailyDemandView } from './daily-demand.view';
import { RecordDailyDemand, recordDailyDemand } from './record-daily-demand';
import { tradingDayView } from './trading-day.view';

const AREA = 'hangzhou-dc';
const DAY = '2026-03-02';
const command = Object.assign(new RecordDailyDemand(), { area: AREA, day: DAY });
const event = (movements: number, ...lines: [sku: string, units: number, change: number][]): EventOf<DemandEvents> => ({
  type: 'DailyDemandRecorded',
  data: { area: AREA, day: DAY, movements, lines: lines.map(([sku, units, change]) => ({ sku, units, change })) },
});
const seen = (...rows: [sku: string, units: number, movements: number][]) => ({
  given: rows.map(([sku, units, movements]) => ({ sku, units, movements })),
});

describe('a day that is over', () => {
  it('is put on record, SKU by SKU', () => {
    given(dailyDemand)
      .when(recordDailyDemand, command, seen(['A', 3, 2], ['B', 7, 1]))
      .then(event(3, ['A', 3, 3], ['B', 7, 7]));
  });

  it('is recorded once, however often it is asked for', () => {
    given(dailyDemand, event(2, ['A', 3, 3]))
      .when(recordDailyDemand, command, seen(['A', 3, 2]))
      .thenNothing();
  });

  it('is recorded again where more became known of it', () => {
    given(dailyDemand, event(3, ['A', 3, 3], ['B', 7, 7]))
      .when(recordDailyDemand, command, seen(['A', 5, 3], ['B', 7, 1]))
      .then(event(4, ['A', 5, 2]));
  });

  it('is recorded again where wishes were taken back, and has no demand below zero', () => {
    given(dailyDemand, event(2, ['A', 3, 3]))
      .when(recordDailyDemand, command, seen(['A', -2, 3]))
      .then(event(3, ['A', 0, -3]));
  });

  it('is settled also by movements that make no difference', () => {
    given(dailyDemand, event(2, ['A', 3, 3]))
      .when(recordDailyDemand, command, seen(['A', 3, 4]))
      .then(event(4));
  });

  it('is not set back by somebody who has seen less', () => {
    given(dailyDemand, event(2, ['A', 3, 3]))
      .when(recordDailyDemand, command, seen(['A', 1, 1]))
      .thenNothing();
  });

  it('has nothing to record where nobody asked for anything', () => {
    given(dailyDemand).when(recordDailyDemand, command, seen()).thenNothing();
  });

  it('is told in several events when a place sells more SKUs than an event may have', () => {
    const skus = Array.from({ length: 2001 }, (_, n): [string, number, number] => [`SKU-${n}`, 1, 1]);
    const lines = skus.map(([sku]): [string, number, number] => [sku, 1, 1]);
    given(dailyDemand)
      .when(recordDailyDemand, command, seen(...skus))
      .then(event(2001, ...lines.slice(0, 2000)), event(2001, ...lines.slice(2000)));
  });
});

describe('demand', () => {
  const stock = (type: string, quantity: number, happenedAt = `${DAY}T10:00:00.000Z`): RecordedEvent =>
    recorded('inventory', `stock:A@${AREA}`, type, { sku: 'A', location: AREA, quantity }, { happenedAt });
  const rows = (...events: RecordedEvent[]): DailyDemandRow[] => [...applied(dailyDemandView, ...events).values()];
  const row = (units: number, movements: number, more = {}): object => ({
    ...{ sku: 'A', area: AREA, day: DAY, units, movements, recorded: 0 },
    ...more,
  });

  it('is what was held for orders and sold at tills, less what was let go', () => {
    expect(rows(stock('StockReserved', 5), stock('StockSold', 3), stock('StockReleased', 1))).toEqual([row(7, 3)]);
  });

  it('is not what is received, shipped, given back or counted', () => {
    const others = ['StockReceived', 'StockShipped', 'StockReturned', 'StockAdjusted'].map((type) => stock(type, 9));
    expect(rows(...others)).toEqual([]);
  });

  it('is of the day on which it happened, whenever it is heard of', () => {
    const late = stock('StockSold', 2, '2026-03-01T23:59:59.999Z');
    expect(rows(stock('StockSold', 3), late)).toEqual([row(3, 1), row(2, 1, { day: '2026-03-01' })]);
  });

  it('that no place could serve is known as well', () => {
    const data = { reservationId: 'o', demand: 'online-order', short: [{ sku: 'A', requested: 4, available: 1 }] };
    const refused = recorded('inventory', 'reservation:o', 'StockReservationRefused', data, {
      happenedAt: `${DAY}T10:00:00.000Z`,
    });
    expect(rows(refused)).toEqual([{ sku: 'A', area: NOWHERE, day: DAY, units: 4, movements: 1, recorded: 0 }]);
  });

  const told = (movements: number, units: number, change: number): RecordedEvent =>
    recorded('inventory', `demand:${AREA}@${DAY}`, 'DailyDemandRecorded', event(movements, ['A', units, change]).data);

  it('knows what of it is on record, and follows corrections', () => {
    expect(rows(stock('StockSold', 3), told(1, 3, 3))).toEqual([row(3, 1, { recorded: 3 })]);
    const late = [stock('StockSold', 3), told(1, 3, 3), stock('StockSold', 2), told(2, 5, 2)];
    expect(rows(...late)).toEqual([row(5, 2, { recorded: 5 })]);
    const [traded] = applied(tradingDayView, ...late).values();
    expect(traded).toEqual({ area: AREA, day: DAY, movements: 2, recordedMovements: 2, units: 5 });
  });

  it('has days that are not on record while a movement is not', () => {
    const [traded] = applied(tradingDayView, stock('StockSold', 3), told(1, 3, 3), stock('StockReleased', 3)).values();
    expect(traded).toEqual({ area: AREA, day: DAY, movements: 2, recordedMovements: 1, units: 3 });
  });
});
