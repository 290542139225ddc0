import type { Resolve } from '#libs/eventsourcing';
import { StockHistory } from '../history/stock-history.provider';
import type { Expected, RecordCount } from './record-count';

/** What the books had when it was counted: what was sold since then was there to be counted. */
export async function booksAt({ location, lines, happenedAt }: RecordCount, get: Resolve): Promise<Expected> {
  if (happenedAt === undefined) return undefined;
  const history = get(StockHistory);
  const moment = { happenedBy: new Date(happenedAt).toISOString() };
  const levels = lines.map(async ({ sku }): Promise<[string, number]> => {
    const found = await history.levels(await history.heads(sku, location), moment);
    return [sku, found.get(location)?.onHand ?? 0];
  });
  return new Map(await Promise.all(levels));
}
