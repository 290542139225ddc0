import type { LotLine, LotUnits, QuarantineEvents, StockLine } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';
import { firstOf, less, noting } from '../stock/lots';

/** One SKU of a quarantine: `quantity` units were put aside. */
export interface QuarantinedLine extends StockLine {
  released: number;
  scrapped: number;
  /** Units that are still kept from sale. */
  kept: number;
  /** Of which lots they are, as far as that is known. */
  lots?: LotUnits[];
}

/** Goods that are kept from sale; undefined until somebody puts them aside. */
export type Quarantine =
  | {
      status: 'open' | 'closed';
      location: string;
      reason: string;
      lines: QuarantinedLine[];
      /** The return that they came with. */
      returnId?: string;
    }
  | undefined;

type Known = NonNullable<Quarantine>;

export const quarantine: Aggregate<Quarantine, QuarantineEvents> = {
  category: 'quarantine',
  initial: undefined,
  evolve: {
    QuarantineOpened: (_, { quarantineId: _id, lines, ...facts }) => ({
      ...{ status: 'open', ...facts },
      lines: lines.map((line) => ({ ...line, released: 0, scrapped: 0, kept: line.quantity })),
    }),
    QuarantineReleased: (state, { lines }) => state && settled(state, lines, 'released'),
    QuarantineScrapped: (state, { lines }) => state && settled(state, lines, 'scrapped'),
  },
};

function settled(state: Known, some: readonly LotLine[], as: 'released' | 'scrapped'): Known {
  const lines = state.lines.map((line): QuarantinedLine => {
    const { quantity: units = 0, lots: gone = [] } = some.find(({ sku }) => sku === line.sku) ?? {};
    const { lots = [], ...before } = line;
    return { ...before, ...noting(less(lots, gone)), [as]: line[as] + units, kept: line.kept - units };
  });
  return { ...state, lines, status: lines.some(({ kept }) => kept > 0) ? 'open' : 'closed' };
}

/**
 * Which units leave the quarantine: those that are named, or all.
 * @throws Refusal `unknown-quarantine`, `quarantine-closed`, `more-than-quarantined`
 */
export function leaving(id: string, state: Quarantine, wanted: readonly StockLine[] | undefined): LotLine[] {
  if (!state) throw unknownQuarantine(id);
  if (state.status === 'closed') throw closed(id);
  const kept = state.lines.filter(({ kept: units }) => units > 0).map(({ sku, kept: quantity }) => ({ sku, quantity }));
  const over = (wanted ?? [])
    .map(({ sku, quantity }) => ({ sku, requested: quantity, kept: kept.find((line) => line.sku === sku)?.quantity ?? 0 }))
    .filter((line) => line.requested > line.kept);
  if (over.length > 0) throw moreThanKept(id, over);
  return (wanted ?? kept).map((line) => {
    const { lots = [] } = state.lines.find(({ sku }) => sku === line.sku) ?? {};
    return { ...line, ...noting(firstOf(lots, line.quantity)) };
  });
}

/** What somebody is told who names a quarantine that is not there. */
export function unknownQuarantine(id: string): Refusal {
  const remedy = 'Use the id that POST /inventory/quarantines answered with, or one that GET /inventory/quarantines lists.';
  return new Refusal('unknown-quarantine', `There is no quarantine ${id}.`, remedy, 'not-found');
}

function closed(id: string): Refusal {
  const remedy = 'Put other units aside with POST /inventory/quarantines.';
  return new Refusal('quarantine-closed', `Nothing of quarantine ${id} is kept any more.`, remedy, 'conflict');
}

function moreThanKept(id: string, over: readonly { sku: string; requested: number; kept: number }[]): Refusal {
  const [first] = over;
  const detail = `${first?.requested} ${first?.sku} shall leave quarantine ${id}, which keeps ${first?.kept}. Nothing was changed.`;
  const remedy = 'Name as many as `lines` says are kept, or leave `lines` out for all of them.';
  return Object.assign(new Refusal('more-than-quarantined', detail, remedy, 'conflict'), { facts: { lines: over } });
}
