import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import {
  DAY_PATTERN,
  LOT_PATTERN,
  MAX_QUANTITY,
  stockedLines,
  unitsOfLots,
  type LotLine,
  type LotUnits,
  type StockLine,
} from '#libs/contracts';
import { Refusal, type StateOf } from '#libs/eventsourcing/vocabulary';
import { dayOfMoment, hasExpired, noting } from '../stock/lots';
import { stock, stockId } from '../stock/stock';

const MAX_LOTS = 100;

/** Units of one lot that came in. */
export class ReceivedLot {
  /** The batch or lot number, GS1 application identifier 10. */
  @Matches(LOT_PATTERN)
  lot!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;

  /** The last day on which it may be sold, `YYYY-MM-DD`; absent: it does not expire. */
  @IsOptional()
  @Matches(DAY_PATTERN)
  expiresOn?: string;
}

/** What a line of a delivery may say of lots. */
export abstract class WithLots {
  /** Of which lots the units are; what is not named here is of no lot. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LOTS)
  @ValidateNested({ each: true })
  @Type(() => ReceivedLot)
  lots?: ReceivedLot[];
}

/** Where and when goods come in. */
interface Delivery {
  location: string;
  stateOf: StateOf;
  now: string;
}

/**
 * One line per SKU with its lots.
 * @throws Refusal `lots-exceed-quantity`, `lot-expired`, `lot-date-mismatch`
 */
export function receivedLines(lines: readonly LotLine[], delivery: Delivery): LotLine[] {
  return stockedLines(lines).map((line) => {
    const named = lines.filter(({ sku }) => sku === line.sku).flatMap(({ lots = [] }) => lots);
    const lots = named.map(({ lot, quantity, expiresOn }) => ({ lot, quantity, ...(expiresOn !== undefined && { expiresOn }) }));
    if (lots.length > 0) check(line, lots, delivery);
    return { ...line, ...noting(summed(lots)) };
  });
}

function check({ sku, quantity }: StockLine, lots: readonly LotUnits[], { location, stateOf, now }: Delivery): void {
  if (unitsOfLots(lots) > quantity) throw moreLotsThanUnits(sku, quantity, unitsOfLots(lots));
  const known = [...(stateOf(stock, stockId(sku, location)).lots ?? []), ...lots];
  for (const lot of lots) {
    if (hasExpired(lot, dayOfMoment(now))) throw expired(sku, lot);
    const other = known.find((one) => one.lot === lot.lot && one.expiresOn !== lot.expiresOn);
    if (other) throw otherDate(sku, lot, other.expiresOn);
  }
}

function summed(lots: readonly LotUnits[]): LotUnits[] {
  const byLot = new Map<string, LotUnits>();
  for (const one of lots) byLot.set(one.lot, { ...one, quantity: one.quantity + (byLot.get(one.lot)?.quantity ?? 0) });
  return [...byLot.values()];
}

function moreLotsThanUnits(sku: string, quantity: number, ofLots: number): Refusal {
  const detail = `${ofLots} units of ${sku} are of lots, but ${quantity} came in. Nothing was booked in.`;
  return new Refusal('lots-exceed-quantity', detail, 'Name for each lot what came of it, and in `quantity` all of it together.');
}

function expired(sku: string, { lot, expiresOn }: LotUnits): Refusal {
  const remedy = 'Refuse the goods at the door; what is kept all the same is booked in without the lot and quarantined.';
  return new Refusal('lot-expired', `Lot ${lot} of ${sku} expired on ${expiresOn}. Nothing was booked in.`, remedy);
}

function otherDate(sku: string, { lot, expiresOn = 'never' }: LotUnits, known = 'never'): Refusal {
  const detail = `Lot ${lot} of ${sku} expires on ${known} by what came in before, and on ${expiresOn} by this delivery.`;
  return new Refusal('lot-date-mismatch', detail, 'Read number and date off the goods again: a lot has one date.');
}
