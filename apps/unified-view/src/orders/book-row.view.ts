import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Channel } from '../sales/sale-entry';
import type { BookEntry, BookKind, OrderStatus, PaymentStatus, ShipmentStatus } from './order-book';

/** One document of the order book, without its lines. */
@Entity({ schema: 'unified_view', name: 'order_book' })
export class BookRow implements BookEntry {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { nullable: true })
  kind!: BookKind | null;

  @Column('text', { nullable: true })
  channel!: Channel | null;

  @Column('text', { nullable: true })
  customer!: string | null;

  @Column('text', { nullable: true })
  status!: OrderStatus | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { nullable: true })
  location!: string | null;

  @Column('text', { nullable: true })
  till!: string | null;

  @Column('text', { name: 'original_id', nullable: true })
  originalId!: string | null;

  @Column('int', { name: 'line_count' })
  lineCount!: number;

  @Column('bigint')
  units!: number;

  @Column('bigint', { name: 'returned_units' })
  returnedUnits!: number;

  @Column('bigint', { name: 'total_minor' })
  totalMinor!: number;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('timestamptz', { name: 'placed_at', nullable: true })
  placedAt!: string | null;

  @Column('text', { nullable: true })
  payment!: PaymentStatus | null;

  @Column('bigint', { name: 'authorized_minor' })
  authorizedMinor!: number;

  @Column('bigint', { name: 'captured_minor' })
  capturedMinor!: number;

  @Column('bigint', { name: 'refunded_minor' })
  refundedMinor!: number;

  @Column('text', { nullable: true })
  shipment!: ShipmentStatus | null;

  @Column('text', { nullable: true })
  carrier!: string | null;
}
