import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerEvents } from '#libs/contracts';
import { viewOf } from '#libs/eventsourcing/vocabulary';

/** A customer who was erased. Apart from what they bought, which comes from other streams and in any order. */
@Entity({ schema: 'unified_view', name: 'erasure' })
export class ErasureRow {
  @PrimaryColumn('text')
  customer!: string;

  /** When it was last done. */
  @Column('timestamptz', { name: 'erased_at' })
  erasedAt!: string;
}

export const erasureView = viewOf<CustomerEvents>()({
  name: 'erasures',
  row: ErasureRow,
  sources: ['storefront'],
  on: {
    CustomerErased: ({ data: { customer }, recordedAt: erasedAt }) => [
      { key: { customer }, change: () => ({ customer, erasedAt }) },
    ],
  },
});
