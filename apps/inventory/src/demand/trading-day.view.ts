import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { DemandEvents } from '#libs/contracts';
import { viewOf } from '#libs/eventsourcing/vocabulary';
import type { Day } from './business-day';

/** A day on which an area sold anything at all. A day without a row was a day of rest: that nothing sold then says nothing of a SKU. */
@Entity({ schema: 'inventory', name: 'trading_day' })
export class TradingDayRow {
  @PrimaryColumn('text')
  area!: string;

  @PrimaryColumn('text')
  day!: Day;

  /** Of all SKUs together. */
  @Column('bigint')
  units!: number;
}

export const tradingDayView = viewOf<DemandEvents>()({
  name: 'trading-days',
  row: TradingDayRow,
  sources: ['inventory'],
  on: {
    DailyDemandRecorded: ({ data: { area, day, lines } }) => {
      const more = lines.reduce((sum, { change }) => sum + change, 0);
      return [{ key: { area, day }, change: (row) => ({ area, day, units: (row?.units ?? 0) + more }) }];
    },
  },
});

/** The days of every area from `from` on, in order. */
export class FindTradingDays {
  constructor(readonly from: Day) {}
}

export const findTradingDays = async ({ from }: FindTradingDays, db: EntityManager): Promise<TradingDayRow[]> =>
  db
    .createQueryBuilder(TradingDayRow, 'trading')
    .where('trading.day >= :from AND trading.units > 0', { from })
    .orderBy('trading.area')
    .addOrderBy('trading.day')
    .getMany();

/** The last day of which anything is on record; undefined while nothing is. */
export class FindLastRecordedDay {}

export const findLastRecordedDay = async (_: FindLastRecordedDay, db: EntityManager): Promise<Day | undefined> => {
  const [row] = await db.query<{ day: Day | null }[]>('SELECT max(day) AS day FROM inventory.trading_day');
  return row?.day ?? undefined;
};
