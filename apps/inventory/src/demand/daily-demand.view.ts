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
  area!: string;

  @PrimaryColumn('text')
  day!: Day;

  @PrimaryColumn('text')
  sku!: string;

  /** Held for orders and sold at tills, less what was let go. */
  @Column('bigint')
  units!: number;

  /** Of how many movements that is made up. */
  @Column('bigint')
  movements!: number;

  @Column('bigint')
  recorded!: number;
}

type Key = Pick<DailyDemandRow, 'area' | 'day' | 'sku'>;

function change(key: Key, by: (row: DailyDemandRow) => Partial<DailyDemandRow>): RowChange<DailyDemandRow> {
  const none = { ...key, units: 0, movements: 0, recorded: 0 };
  return { key, change: (row = none) => ({ ...row, ...by(row) }) };
}

const more = (key: Key, quantity: number): RowChange<DailyDemandRow> =>
  change(key, ({ units, movements }) => ({ units: units + quantity, movements: movements + 1 }));

type Moved = RecordedEvent<string, { sku: string; location: string; quantity: number }>;

/** A wish counts on the day on which it was uttered, whenever the goods leave; one that was taken back, on that day. */
const asked = ({ data: { sku, location, quantity }, happenedAt }: Moved, sign: 1 | -1): RowChange<DailyDemandRow>[] => [
  more({ area: location, day: dayOf(happenedAt), sku }, sign * quantity),
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
      data.short.map(({ sku, requested }) => more({ area: NOWHERE, day: dayOf(happenedAt), sku }, requested)),
    DailyDemandRecorded: ({ data: { area, day, lines } }) =>
      lines.map(({ sku, units }) => change({ area, day, sku }, () => ({ recorded: units }))),
  },
});

/** What `RecordDailyDemand` puts on record. The view may be a moment behind: what it has not seen is recorded the next time. */
export async function demandSoFar({ area, day }: RecordDailyDemand, get: Resolve): Promise<DemandSoFar[]> {
  return get(DataSource).manager.find(DailyDemandRow, { where: { area, day }, order: { sku: 'ASC' } });
}

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
