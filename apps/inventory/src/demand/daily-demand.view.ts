import { Column, DataSource, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { DemandEvents, ReservationEvents, StockEvents } from '#libs/contracts';
import type { Resolve } from '#libs/eventsourcing';
import { viewOf, type RecordedEvent, type RowChange } from '#libs/eventsourcing/vocabulary';
import { dayOf, type Day } from './business-day';
import { NOWHERE } from './daily-demand';
import type { DemandSoFar, RecordDailyDemand } from './record-daily-demand';

/** One SKU in one area on one day: what stock events add up to, and what of it is on record. */
@Entity({ schema: 'inventory', name: 'daily_demand' })
export class DailyDemandRow {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  area!: string;

  @PrimaryColumn('text')
  day!: Day;

  /** Held for orders and sold at tills, less what was let go. */
  @Column('bigint')
  units!: number;

  @Column('bigint')
  recorded!: number;
}

interface Asked {
  sku: string;
  area: string;
  day: Day;
}

function change({ sku, area, day }: Asked, by: (row: DailyDemandRow) => Partial<DailyDemandRow>): RowChange<DailyDemandRow> {
  const none = { sku, area, day, units: 0, recorded: 0 };
  return { key: { sku, area, day }, change: (row = none) => ({ ...row, ...by(row) }) };
}

type Moved = RecordedEvent<string, { sku: string; location: string; quantity: number }>;

/** A wish counts on the day on which it was uttered, whenever the goods leave; one that was taken back, on that day. */
const asked = ({ data, happenedAt }: Moved, sign: 1 | -1): RowChange<DailyDemandRow>[] => [
  change({ sku: data.sku, area: data.location, day: dayOf(happenedAt) }, ({ units }) => ({
    units: units + sign * data.quantity,
  })),
];

export const dailyDemandView = viewOf<StockEvents & ReservationEvents & DemandEvents>()({
  name: 'daily-demand',
  row: DailyDemandRow,
  sources: ['inventory'],
  on: {
    StockReserved: (event) => asked(event, 1),
    StockReleased: (event) => asked(event, -1),
    StockSold: (event) => asked(event, 1),
    StockReservationRefused: ({ data, happenedAt }) =>
      data.short.map(({ sku, requested }) =>
        change({ sku, area: NOWHERE, day: dayOf(happenedAt) }, ({ units }) => ({ units: units + requested })),
      ),
    DailyDemandRecorded: ({ data: { area, day, lines } }) =>
      lines.map(({ sku, units }) => change({ sku, area, day }, () => ({ recorded: units }))),
  },
});

/** What `RecordDailyDemand` puts on record. The view may be a moment behind: what it has not seen is recorded the next time. */
export async function demandSoFar({ area, day }: RecordDailyDemand, get: Resolve): Promise<DemandSoFar[]> {
  return get(DataSource).manager.find(DailyDemandRow, { where: { area, day }, order: { sku: 'ASC' } });
}

/** The days up to and including `through` that are not recorded as they are now known, oldest first, at most `limit`. */
export class FindUnrecordedDays {
  constructor(
    readonly through: Day,
    readonly limit: number,
  ) {}
}

export const findUnrecordedDays = async (
  { through, limit }: FindUnrecordedDays,
  db: EntityManager,
): Promise<RecordDailyDemand[]> =>
  db.query<RecordDailyDemand[]>(
    `SELECT DISTINCT day, area FROM inventory.daily_demand
     WHERE greatest(units, 0) <> recorded AND day <= $1 ORDER BY day, area LIMIT $2`,
    [through, limit],
  );

/** What was asked of a SKU from one day to another, both included, by area and day. */
export class FindDemand {
  constructor(
    readonly skus: readonly string[],
    readonly from: Day,
    readonly to: Day,
  ) {}
}

export const findDemand = async ({ skus, from, to }: FindDemand, db: EntityManager): Promise<DailyDemandRow[]> =>
  db
    .createQueryBuilder(DailyDemandRow, 'demand')
    .where('demand.sku = ANY (:skus) AND demand.day BETWEEN :from AND :to', { skus, from, to })
    .orderBy('demand.sku')
    .addOrderBy('demand.area')
    .addOrderBy('demand.day')
    .getMany();

/** The SKUs after `after` that were ever asked for, at most `limit`. */
export class ListDemandedSkus {
  constructor(
    readonly after: string,
    readonly limit: number,
  ) {}
}

export const listDemandedSkus = async ({ after, limit }: ListDemandedSkus, db: EntityManager): Promise<string[]> => {
  const sql = 'SELECT DISTINCT sku FROM inventory.daily_demand WHERE sku > $1 ORDER BY sku LIMIT $2';
  return (await db.query<{ sku: string }[]>(sql, [after, limit])).map(({ sku }) => sku);
};
