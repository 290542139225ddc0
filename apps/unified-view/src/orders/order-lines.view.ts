import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OrderEvents, ReturnEvents, ShiftEvents, SupplyOrderEvents, TradeLine } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';

/** The lines of one document: written once, and apart from what changes with every step of an order. */
@Entity({ schema: 'unified_view', name: 'order_lines' })
export class OrderLinesRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('jsonb')
  lines!: TradeLine[];
}

const noted = (id: string, lines: TradeLine[]): RowChange<OrderLinesRow>[] => [{ key: { id }, change: () => ({ id, lines }) }];

export const orderLinesView = viewOf<OrderEvents & ReturnEvents & ShiftEvents & SupplyOrderEvents>()({
  name: 'order-lines',
  row: OrderLinesRow,
  sources: ['storefront', 'hema', 'lingshoutong'],
  on: {
    OrderPlaced: ({ data: { orderId, lines } }) => noted(orderId, lines),
    ReturnAccepted: ({ data: { returnId, lines } }) => noted(returnId, lines),
    SaleRecorded: ({ data: { saleId, lines } }) => noted(saleId, lines),
    SaleReturnRecorded: ({ data: { returnId, lines } }) => noted(returnId, lines),
    SupplyOrderSubmitted: ({ data: { supplyOrderId, lines } }) => noted(supplyOrderId, lines),
  },
});
