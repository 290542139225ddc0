import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { SupplyOrderEvents } from '#libs/contracts';
import { Refusal, viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import type { SupplyOrder } from './supply-order';

/** One supply order in a list. */
@Entity({ schema: 'lingshoutong', name: 'supply_order' })
export class SupplyOrderRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  shop!: string;

  @Column('text')
  status!: NonNullable<SupplyOrder>['status'];

  /** Where the goods come from, once they are held. */
  @Column('text', { nullable: true })
  location!: string | null;

  @Column('int')
  lines!: number;

  @Column('bigint')
  units!: number;

  @Column('bigint', { name: 'total_minor' })
  totalMinor!: number;

  @Column('text')
  currency!: string;

  @Column('timestamptz', { name: 'submitted_at' })
  submittedAt!: string;
}

type Submitted = SupplyOrderEvents['SupplyOrderSubmitted'];

function begun({ data, happenedAt }: { data: Submitted; happenedAt: string }): RowChange<SupplyOrderRow>[] {
  const { supplyOrderId: id, shop, totals } = data;
  const { lines, units, amountMinor: totalMinor, currency } = totals;
  const facts = { id, shop, lines, units, totalMinor, currency, submittedAt: happenedAt };
  return [{ key: { id }, change: () => ({ ...facts, status: 'pending', location: null }) }];
}

function became(
  id: string,
  status: SupplyOrderRow['status'],
  more: Partial<Pick<SupplyOrderRow, 'location'>> = {},
): RowChange<SupplyOrderRow>[] {
  const change = (row: SupplyOrderRow | undefined): SupplyOrderRow => {
    // A stream is read from its beginning, in order: what became something was submitted before.
    if (!row) throw new Error(`Supply order ${id} is ${status}, but was never submitted.`);
    return Object.assign({}, row, { status }, more);
  };
  return [{ key: { id }, change }];
}

export const supplyOrderView = viewOf<SupplyOrderEvents>()({
  name: 'supply-orders',
  row: SupplyOrderRow,
  sources: ['lingshoutong'],
  on: {
    SupplyOrderSubmitted: begun,
    SupplyOrderAccepted: ({ data }) => became(data.supplyOrderId, 'accepted', { location: data.location }),
    SupplyOrderRelocated: ({ data }) => became(data.supplyOrderId, 'accepted', { location: data.location }),
    SupplyOrderRejected: ({ data }) => became(data.supplyOrderId, 'rejected'),
    SupplyOrderShipped: ({ data }) => became(data.supplyOrderId, 'shipped'),
    SupplyOrderReceived: ({ data }) => became(data.supplyOrderId, 'received'),
  },
});

/** The supply orders, of one shop where it is named, that follow the key `[submittedAt, id]`, the latest first, at most `limit`. */
export class ListSupplyOrders {
  constructor(
    readonly shop: string | undefined,
    readonly after: readonly (string | number)[] | undefined,
    readonly limit: number,
  ) {}
}

export const listSupplyOrders = async (
  { shop, after, limit }: ListSupplyOrders,
  db: EntityManager,
): Promise<SupplyOrderRow[]> => {
  const orders = db.createQueryBuilder(SupplyOrderRow, 'supply').where('true');
  if (shop !== undefined) orders.andWhere('supply.shop = :shop', { shop });
  if (after) orders.andWhere('(supply.submittedAt, supply.id) < (:at, :id)', { at: timeIn(after), id: after[1] });
  const found = await orders.orderBy('supply.submittedAt', 'DESC').addOrderBy('supply.id', 'DESC').limit(limit).getMany();
  return found.map((row) => Object.assign(row, { submittedAt: new Date(row.submittedAt).toISOString() }));
};

function timeIn([at]: readonly (string | number)[]): Date {
  const time = new Date(at ?? '');
  if (!Number.isNaN(time.getTime())) return time;
  throw new Refusal('invalid-cursor', 'The cursor is none of this list.', 'Send `next` of the page before unchanged.');
}
