import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { stockedLines, type ShiftEvents } from '#libs/contracts';
import { Consumers, type Resolve } from '#libs/eventsourcing';
import { viewOf } from '#libs/eventsourcing/vocabulary';
import { listingFor } from '../catalog/price-list.view';
import { DocumentRow } from './document.view';
import type { RecordReturn, ReturnFacts } from './record-return';

/** How many units of a SKU have come back from one sale. */
@Entity({ schema: 'hema', name: 'returned' })
export class ReturnedRow {
  @PrimaryColumn('text', { name: 'sale_id' })
  saleId!: string;

  @PrimaryColumn('text')
  sku!: string;

  @Column('bigint')
  quantity!: number;
}

export const returnedView = viewOf<ShiftEvents>()({
  name: 'returned',
  row: ReturnedRow,
  sources: ['hema'],
  on: {
    SaleReturnRecorded: ({ data: { originalSaleId: saleId, lines } }) =>
      saleId === undefined
        ? []
        : stockedLines(lines.map(({ sku, quantity }) => ({ sku, quantity }))).map(({ sku, quantity }) => ({
            key: { saleId, sku },
            change: (row) => ({ saleId, sku, quantity: (row?.quantity ?? 0) + quantity }),
          })),
  },
});

const PATIENCE_MS = 3000;

/**
 * What a return is decided on. A sale can come back minutes after it was rung up, at another till: the view is waited for,
 * so that the sale is found and what has come back before is counted. Two returns of one sale at two tills in
 * the same instant are not kept from each other; they show in this view.
 */
export async function returnFacts(command: RecordReturn, get: Resolve): Promise<ReturnFacts> {
  const listing = await listingFor(command, get);
  const id = command.originalSaleId;
  if (id === undefined) return { listing };
  if (!(await get(Consumers).caughtUp(PATIENCE_MS))) throw viewIsBehind();
  const db = get(DataSource).manager;
  const sale = await db.findOneBy(DocumentRow, { kind: 'sale', id });
  if (!sale) return { listing };
  const returned = await db.findBy(ReturnedRow, { saleId: id });
  return { listing, original: { lines: sale.lines, returned: new Map(returned.map(({ sku, quantity }) => [sku, quantity])) } };
}

/** "There is no such sale" could be wrong now, so the till is told to come again instead. */
function viewIsBehind(): Error {
  return Object.assign(new Error('The views of hema are behind its log. GET /hema/consumers says how far.'), {
    code: 'ETIMEDOUT',
  });
}
