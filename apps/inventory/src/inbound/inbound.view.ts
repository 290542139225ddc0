import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { PurchaseOrderEvents, StockLine, TransferEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import type { Inbound } from './inbound';

/** What is still to come of one SKU to one place because of one document; the row stays when all has come. */
@Entity({ schema: 'inventory', name: 'inbound' })
export class InboundRow {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  location!: string;

  /** `transfer:<id>` or `purchase-order:<id>`. */
  @PrimaryColumn('text')
  document!: string;

  @Column('bigint')
  quantity!: number;

  @Column('timestamptz', { name: 'expected_at', nullable: true })
  expectedAt!: string | null;
}

interface From {
  document: string;
  location: string;
}

/** So many units are still to come of each line; the time stays as it was where nobody names one. */
function toCome({ document, location }: From, lines: readonly StockLine[], expectedAt?: string | null): RowChange<InboundRow>[] {
  return lines.map(({ sku, quantity }) => ({
    key: { sku, location, document },
    change: (row) => ({
      ...{ sku, location, document, quantity },
      expectedAt: expectedAt === undefined ? (row?.expectedAt ?? null) : expectedAt,
    }),
  }));
}

const ordered = ({ purchaseOrderId, location }: { purchaseOrderId: string; location: string }): From => ({
  ...{ document: `purchase-order:${purchaseOrderId}`, location },
});
const sent = ({ transferId, to }: { transferId: string; to: string }): From => ({
  ...{ document: `transfer:${transferId}`, location: to },
});
const nothingOf = (lines: readonly StockLine[]): StockLine[] => lines.map(({ sku }) => ({ sku, quantity: 0 }));

export const inboundView = viewOf<PurchaseOrderEvents & TransferEvents>()({
  name: 'inbound',
  row: InboundRow,
  sources: ['inventory'],
  on: {
    PurchaseOrderPlaced: ({ data }) => toCome(ordered(data), data.lines, data.expectedAt),
    PurchaseOrderChanged: ({ data }) => {
      const lines = data.lines.map(({ sku, outstanding: quantity }) => ({ sku, quantity }));
      return toCome(ordered(data), lines, data.expectedAt);
    },
    PurchaseOrderReceived: ({ data }) => {
      const left = data.lines.map(({ sku, variance }) => ({ sku, quantity: Math.max(0, -variance) }));
      return toCome(ordered(data), left);
    },
    PurchaseOrderClosed: ({ data }) => toCome(ordered(data), nothingOf(data.lines)),
    TransferDispatched: ({ data }) => toCome(sent(data), data.lines, data.expectedAt ?? null),
    TransferReceived: ({ data }) => {
      const left = data.lines.map(({ sku, inTransit: quantity }) => ({ sku, quantity }));
      return toCome(sent(data), left);
    },
  },
});

/** What is still to come of a SKU, to all places or to one. */
export class FindInbound {
  constructor(
    readonly sku: string,
    readonly location?: string,
  ) {}
}

export const findInbound = async ({ sku, location }: FindInbound, db: EntityManager): Promise<Inbound[]> => {
  const query = db.createQueryBuilder(InboundRow, 'row').where('row.sku = :sku AND row.quantity > 0', { sku });
  if (location !== undefined) query.andWhere('row.location = :location', { location });
  const rows = await query.orderBy('row.location').addOrderBy('row.document').getMany();
  return rows.map(({ document, expectedAt, ...row }) => {
    const [kind = '', ...id] = document.split(':');
    const source = { kind, id: id.join(':') };
    return { ...row, source, expectedAt: expectedAt && new Date(expectedAt).toISOString() };
  });
};
