/** What customers asked one place for, in units of one SKU on one day. */
export interface DemandLine {
  sku: string;
  /** As it is now known; a later event of the same day takes its place. */
  units: number;
  /** What that adds to what had been recorded of the day before; signed. */
  change: number;
}

/**
 * Stream `demand:<area>@<day>` of `inventory`: what was asked for on a day in an area. An area is what the location that served it serves;
 * `-` is where no location could.
 */
export interface DemandEvents {
  /**
   * A day is over, or more became known of it: the SKUs whose demand was not recorded so before. `movements` is of how many movements
   * of stock the day is made up, as far as is known. Days are UTC, `2026-03-01`.
   */
  DailyDemandRecorded: { area: string; day: string; movements: number; lines: DemandLine[] };
}
