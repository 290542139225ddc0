/** Units of one lot of a SKU: goods that were made together and are good for the same time. */
export interface LotUnits {
  /** The batch or lot number, GS1 application identifier 10. */
  lot: string;
  quantity: number;
  /** The last day on which it may be sold, `YYYY-MM-DD`; GS1 application identifiers 15 to 17. Absent: it does not expire. */
  expiresOn?: string;
}

/** Up to twenty characters, as GS1 has them. */
export const LOT_PATTERN = /^[!-~]{1,20}$/;

/** A day of the calendar, without a time. */
export const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

/** Units of all lots together. */
export const unitsOfLots = (lots: readonly LotUnits[]): number => lots.reduce((sum, { quantity }) => sum + quantity, 0);
