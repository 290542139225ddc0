import { IsNull, Not, type EntityManager } from 'typeorm';
import type { TradeLine } from '#libs/contracts';
import { BookRow } from './book-row.view';
import type { KnownEntry } from './order-book';
import { OrderLinesRow } from './order-lines.view';

export type Booked = BookRow & KnownEntry;

/** One document by its id, with its lines. */
export class FindOrder {
  constructor(readonly id: string) {}
}

export const findOrder = async ({ id }: FindOrder, db: EntityManager): Promise<(Booked & { lines: TradeLine[] }) | undefined> => {
  const row = await db.findOneBy(BookRow, { id, placedAt: Not(IsNull()) });
  const written = row && (await db.findOneBy(OrderLinesRow, { id }));
  return row ? { ...booked(row), lines: written?.lines ?? [] } : undefined;
};

/** The documents before a place in the book, newest first, at most `limit`. */
export class ListOrders {
  constructor(
    readonly filter: {
      channel?: string | undefined;
      customer?: string | undefined;
      /** Only these kinds. */
      kinds?: readonly string[];
    },
    readonly limit: number,
    /** The last document of the page before. */
    readonly before?: { at: string; id: string },
  ) {}
}

export const listOrders = async ({ filter, limit, before }: ListOrders, db: EntityManager): Promise<Booked[]> => {
  const list = db.createQueryBuilder(BookRow, 'o').where('o.placedAt IS NOT NULL');
  if (filter.channel !== undefined) list.andWhere('o.channel = :channel', filter);
  if (filter.customer !== undefined) list.andWhere('o.customer = :customer', filter);
  if (filter.kinds) list.andWhere('o.kind = ANY (:kinds)', filter);
  if (before) list.andWhere('(o.placedAt, o.id) < (:at, :id)', before);
  const rows = await list.orderBy('o.placedAt', 'DESC').addOrderBy('o.id', 'DESC').limit(limit).getMany();
  return rows.map(booked);
};

/** The database driver reads a timestamp as a Date. */
function booked(row: BookRow): Booked {
  return { ...row, placedAt: new Date(row.placedAt ?? 0).toISOString() } as Booked;
}
