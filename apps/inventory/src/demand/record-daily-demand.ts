import { MAX_LINES, type DemandEvents } from '#libs/contracts';
import type { Decide, EventOf } from '#libs/eventsourcing/vocabulary';
import type { Day } from './business-day';
import type { DailyDemand } from './daily-demand';

/** Puts on record what was asked for on a day in an area. */
export class RecordDailyDemand {
  area!: string;
  day!: Day;
}

/** What the stock of an area has seen of a SKU on a day. */
export interface DemandSoFar {
  sku: string;
  /** Below zero when more of older promises was let go than was asked for. */
  units: number;
  movements: number;
}

/**
 * Records what is not recorded so already, nothing when all is. It says how much there is and not how much more, so that it may be done
 * again whenever more becomes known of a day, and from any number of places at once.
 */
export const recordDailyDemand: Decide<RecordDailyDemand, DailyDemand, DemandEvents, DemandSoFar[]> = (
  command,
  known,
  { given },
) => {
  const { area, day } = command;
  const movements = given.reduce((sum, seen) => sum + seen.movements, 0);
  // Somebody who saw more has been here.
  if (movements <= known.movements) return [];
  const lines = given
    .map(({ sku, units }) => ({ sku, units: Math.max(0, units) }))
    .map(({ sku, units }) => ({ sku, units, change: units - (known.units.get(sku) ?? 0) }))
    .filter(({ change }) => change !== 0);
  return pages(lines).map((page): EventOf<DemandEvents> => ({
    type: 'DailyDemandRecorded',
    data: { area, day, movements, lines: page },
  }));
};

/** An event has an end, however many SKUs a place sells in a day. One without lines says that movements made no difference. */
function pages<T>(lines: readonly T[]): T[][] {
  const count = Math.max(1, Math.ceil(lines.length / MAX_LINES));
  return Array.from({ length: count }, (_, n) => lines.slice(n * MAX_LINES, (n + 1) * MAX_LINES));
}
