import type { DemandEvents } from '#libs/contracts';
import type { Aggregate } from '#libs/eventsourcing/vocabulary';
import type { Day } from './business-day';

/** Where demand is put that no location could serve: no location has this id. */
export const NOWHERE = '-';

/** What has been recorded of one day in one area. */
export interface DailyDemand {
  /** Of how many movements of stock it is made up. */
  movements: number;
  /** By SKU. */
  units: ReadonlyMap<string, number>;
}

export const dailyDemand: Aggregate<DailyDemand, DemandEvents> = {
  category: 'demand',
  initial: { movements: 0, units: new Map() },
  evolve: {
    DailyDemandRecorded: (known, { movements, lines }) => ({
      movements,
      units: new Map([...known.units, ...lines.map(({ sku, units }) => [sku, units] as const)]),
    }),
  },
};

/** `hangzhou-dc@2026-03-01`; an area has no `@`. */
export const demandId = (area: string, day: Day): string => `${area}@${day}`;
