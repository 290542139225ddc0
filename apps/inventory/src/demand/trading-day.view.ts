import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { DemandEvents, ReservationEvents, StockEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import { dayOf, type Day } from './business-day';
import { NOWHERE } from './daily-demand';

/** One day in one area, all SKUs together: few rows, by which it is seen at once what is not on record yet. */
@Entity({ schema: 'inventory', name: 'trading_day' })
export class TradingDayRow {
  @PrimaryColumn('text')
  area!: string;

  @PrimaryColumn('text')
  day!: Day;

  /** Movements of stock that make up demand. */
  @Column('bigint')
  movements!: number;

  /** How many of them are on record. */
  @Column('bigint', { name: 'recorded_movements' })
  recordedMovements!: number;

  /** Units on record. */
  @Column('bigint')
  units!: number;
}

function change(area: string, day: Day, by: (row: TradingDayRow) => Partial<TradingDayRow>): RowChange<TradingDayRow> {
  const none = { area, day, movements: 0, recordedMovements: 0, units: 0 };
  return { key: { area, day }, change: (row = none) => ({ ...row, ...by(row) }) };
}

const moved = (area: string, happenedAt: string, count = 1): RowChange<TradingDayRow>[] => [
  change(area, dayOf(happenedAt), ({ movements }) => ({ movements: movements + count })),
];

export const tradingDayView = viewOf<StockEvents & ReservationEvents & DemandEvents>()({
  name: 'trading-days',
  row: TradingDayRow,
  sources: ['inventory'],
  on: {
    StockReserved: ({ data, happenedAt }) => moved(data.location, happenedAt),
    StockReleased: ({ data, happenedAt }) => moved(data.location, happenedAt),
    StockSold: ({ data, happenedAt }) => moved(data.location, happenedAt),
    StockReservationRefused: ({ data, happenedAt }) => moved(NOWHERE, happenedAt, data.short.length),
    DailyDemandRecorded: ({ data: { area, day, movements, lines } }) => {
      const more = lines.reduce((sum, line) => sum + line.change, 0);
      return [change(area, day, ({ units }) => ({ recordedMovements: movements, units: units + more }))];
    },
  },
});

/** The days up to and including `through` that are not recorded as they are now known, oldest first, at most `limit`. */
export class FindUnrecordedDays {
  constructor(
    readonly through: Day,
    readonly limit: number,
  ) {}
}

export const findUnrecordedDays = async ({ through, limit }: FindUnrecordedDays, db: EntityManager): Promise<TradingDayRow[]> =>
  db
    .createQueryBuilder(TradingDayRow, 'trading')
    .where('trading.movements > trading.recordedMovements AND trading.day <= :through', { through })
    .orderBy('trading.day')
    .addOrderBy('trading.area')
    .limit(limit)
    .getMany();

/** The days on which an area sold anything, from `from` on, in order. A day without sales was a day of rest and says nothing of a SKU. */
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
  const [row] = await db.query<{ day: Day | null }[]>(
    'SELECT max(day) AS day FROM inventory.trading_day WHERE recorded_movements > 0',
  );
  return row?.day ?? undefined;
};
