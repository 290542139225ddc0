import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { OrderEvents, ReturnEvents, SupplyOrderEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import { acceptedReturn, acceptedSupplyOrder, cancelledOrder, confirmedOrder, type SaleEntry } from '../sales/sale-entry';
import { withEntry, type Customer, type KnownCustomer } from './customer';
import { ErasureRow } from './erasure.view';

/** One customer in every channel where customers have a name. */
@Entity({ schema: 'unified_view', name: 'customer' })
export class CustomerRow implements Customer {
  @PrimaryColumn('text')
  id!: string;

  @Column('timestamptz', { name: 'first_seen' })
  firstSeen!: string;

  @Column('timestamptz', { name: 'last_seen' })
  lastSeen!: string;

  @Column('jsonb', { name: 'by_kind' })
  byKind!: Customer['byKind'];
}

function count(entry: SaleEntry | undefined, { happenedAt }: { happenedAt: string }): RowChange<CustomerRow>[] {
  if (!entry?.customer) return [];
  const id = entry.customer;
  return [{ key: { id }, change: (known) => ({ id, ...withEntry(known, entry, happenedAt) }) }];
}

export const customerView = viewOf<OrderEvents & ReturnEvents & SupplyOrderEvents>()({
  name: 'customers',
  row: CustomerRow,
  sources: ['storefront', 'lingshoutong'],
  on: {
    OrderConfirmed: (event) => count(confirmedOrder(event.data), event),
    OrderCancelled: (event) => count(cancelledOrder(event.data), event),
    ReturnAccepted: (event) => count(acceptedReturn(event.data), event),
    SupplyOrderAccepted: (event) => count(acceptedSupplyOrder(event.data), event),
  },
});

/** One customer by their id. */
export class FindCustomer {
  constructor(readonly id: string) {}
}

export const findCustomer = async ({ id }: FindCustomer, db: EntityManager): Promise<KnownCustomer | undefined> => {
  const row = await db.findOneBy(CustomerRow, { id });
  if (!row) return undefined;
  const erasure = await db.findOneBy(ErasureRow, { customer: id });
  // The database driver reads a timestamp as a Date.
  const iso = (time: string): string => new Date(time).toISOString();
  const { firstSeen, lastSeen, byKind } = row;
  const known = { firstSeen: iso(firstSeen), lastSeen: iso(lastSeen), byKind };
  return { ...known, ...(erasure && { erasedAt: iso(erasure.erasedAt) }) };
};
