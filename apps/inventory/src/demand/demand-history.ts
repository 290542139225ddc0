import { numberOf, type Day } from './business-day';
import type { Past } from './forecast';
import { rhythmOf, type TradingRhythm } from './trading-rhythm';

/** Demand on record of one SKU. */
export interface RecordedDemand {
  sku: string;
  area: string;
  day: Day;
  recorded: number;
}

/** All demand of an area on a day. */
export interface TradedDay {
  area: string;
  day: Day;
  units: number;
}

/** Half a year: long enough for every weekday, short enough to forget last year's fashion. */
export const MEMORY_DAYS = 182;

/** The rhythm of every area from its trading days in order, as of the end of `through`. */
export function rhythmsByArea(traded: readonly TradedDay[], through: Day): Map<string, TradingRhythm> {
  const calendars = new Map<string, { days: number[]; units: number[]; through: number }>();
  for (const { area, day, units } of traded) {
    const calendar = calendars.get(area) ?? { days: [], units: [], through: numberOf(through) };
    calendar.days.push(numberOf(day));
    calendar.units.push(units);
    calendars.set(area, calendar);
  }
  return new Map([...calendars].map(([area, calendar]) => [area, rhythmOf(calendar)]));
}

/** What each area knows of one SKU: its demand beside the trading days of the area, zero where nobody asked. */
export function pastsByArea(demand: readonly RecordedDemand[], rhythms: ReadonlyMap<string, TradingRhythm>): Map<string, Past> {
  const units = new Map<string, Map<number, number>>();
  for (const { area, day, recorded } of demand) {
    units.set(area, (units.get(area) ?? new Map<number, number>()).set(numberOf(day), recorded));
  }
  const pasts = new Map<string, Past>();
  for (const [area, byDay] of units) {
    const rhythm = rhythms.get(area);
    if (rhythm) pasts.set(area, { units: rhythm.days.map((day) => byDay.get(day) ?? 0), rhythm });
  }
  return pasts;
}
