import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { StockEvents } from '#libs/contracts';
import { viewOf, type EventOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import type { Account } from './conservation';
import { flowsOf, NO_FLOWS, plus, type Due, type Flows } from './flows';

/** One SKU at one place: everything that ever came and went. Made of the movements alone, apart from what is available. */
@Entity({ schema: 'inventory', name: 'stock_flow' })
export class StockFlowRow implements Flows {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  location!: string;

  @Column('bigint')
  received!: number;

  @Column('bigint')
  returned!: number;

  @Column('bigint')
  found!: number;

  @Column('bigint')
  arrived!: number;

  @Column('bigint')
  sold!: number;

  @Column('bigint')
  lost!: number;

  @Column('bigint')
  sent!: number;

  @Column('bigint')
  announced!: number;

  @Column('bigint', { name: 'lost_in_transit' })
  lostInTransit!: number;
}

function counted(movement: EventOf<StockEvents>): RowChange<StockFlowRow>[] {
  const { sku, location } = movement.data;
  const flows = flowsOf(movement);
  return [{ key: { sku, location }, change: (row) => ({ sku, location, ...plus(row ?? NO_FLOWS, flows) }) }];
}

export const stockFlowView = viewOf<StockEvents>()({
  name: 'stock-flows',
  row: StockFlowRow,
  sources: ['inventory'],
  on: {
    StockReceived: counted,
    StockShipped: counted,
    StockSold: counted,
    StockReturned: counted,
    StockAdjusted: counted,
    StockTransferSent: counted,
    StockTransferAnnounced: counted,
    StockTransferReceived: counted,
    StockTransferLost: counted,
    StockScrapped: counted,
  },
});

/** The accounts of the next SKUs, by name, after one: all their places, as the movements and as the books of availability have them. */
export class ReadAccounts {
  constructor(
    readonly after: string,
    readonly limit: number,
  ) {}
}

/** The accounts of some SKUs. */
export class FindAccounts {
  constructor(readonly skus: readonly string[]) {}
}

/** One SKU with all places that either side knows of. */
export interface SkuAccounts {
  sku: string;
  accounts: Account[];
}

/** Both sides in one statement, so that they are of the same moment. */
const ACCOUNTS = (skus: string): string => `
  WITH asked AS MATERIALIZED (${skus}),
  flows AS (SELECT * FROM inventory.stock_flow WHERE sku IN (SELECT sku FROM asked)),
  books AS (SELECT sku, location, on_hand, in_transit FROM inventory.availability WHERE sku IN (SELECT sku FROM asked))
  SELECT sku, location, to_json(flows) AS flows, books.on_hand AS "onHand", books.in_transit AS "inTransit"
  FROM flows FULL JOIN books USING (sku, location)
  ORDER BY sku, location`;

const SOME = ACCOUNTS('SELECT unnest($1::text[]) AS sku');

const next = (table: string): string => `(SELECT DISTINCT sku FROM ${table} WHERE sku > $1 ORDER BY sku LIMIT $2)`;
const NEXT = ACCOUNTS(`${next('inventory.availability')} UNION ${next('inventory.stock_flow')} ORDER BY sku LIMIT $2`);

interface AccountRow {
  sku: string;
  location: string;
  flows: (Omit<Flows, 'lostInTransit'> & { lost_in_transit: number }) | null;
  onHand: number | null;
  inTransit: number | null;
}

export const readAccounts = async ({ after, limit }: ReadAccounts, db: EntityManager): Promise<SkuAccounts[]> =>
  bySku(await db.query<AccountRow[]>(NEXT, [after, limit]));

export const findAccounts = async ({ skus }: FindAccounts, db: EntityManager): Promise<SkuAccounts[]> =>
  bySku(await db.query<AccountRow[]>(SOME, [skus]));

function bySku(rows: readonly AccountRow[]): SkuAccounts[] {
  const found: SkuAccounts[] = [];
  for (const { sku, location, flows, onHand, inTransit } of rows) {
    const books: Due | undefined = onHand === null || inTransit === null ? undefined : { onHand, inTransit };
    const account = {
      location,
      flows: flows ? plus(NO_FLOWS, { ...flows, lostInTransit: flows.lost_in_transit }) : undefined,
      books,
    };
    if (found.at(-1)?.sku === sku) found.at(-1)?.accounts.push(account);
    else found.push({ sku, accounts: [account] });
  }
  return found;
}
