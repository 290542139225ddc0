import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import {
  gradesOf,
  ID_PATTERN,
  MAX_LINES,
  RETURN_GRADES,
  stockedLines,
  type ReturnGrade,
  type ShiftEvents,
  type Tender,
  type TradeLine,
} from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import type { Listing } from '../catalog/product';
import { openShiftOf, type Shift } from '../shifts/shift';
import { TENDERS } from './record-sale';
import { ringUp, ScannedLine } from './ring-up';

/** One line that comes back. */
export class ReturnedLine extends ScannedLine {
  /** How the goods were found: back to the `shelf`, which is meant when absent, to `quarantine` to be looked at, or `scrap`. */
  @IsOptional()
  @IsIn(RETURN_GRADES)
  grade?: ReturnGrade;
}

/** Records goods that came back over the counter; the money went out. */
export class RecordReturn {
  /** Minted. */
  returnId!: string;

  @Matches(ID_PATTERN)
  shiftId!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => ReturnedLine)
  lines!: ReturnedLine[];

  @IsIn(TENDERS)
  tender!: Tender;

  /** The sale that the goods are from; without it anything may come back. */
  @IsOptional()
  @Matches(ID_PATTERN)
  originalSaleId?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  reason?: string;

  /** When it was paid out, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** What has to be known to take goods back. */
export interface ReturnFacts {
  listing: Listing;
  /** The sale that is named, and what has come back of it so far, by SKU; absent when there is no such sale. */
  original?: { lines: readonly TradeLine[]; returned: ReadonlyMap<string, number> };
}

/** Goods from a named sale are taken back at the price they were sold for, and no more of them than were sold. */
export const recordReturn: Decide<RecordReturn, Shift, ShiftEvents, ReturnFacts> = (command, state, { given }) => {
  const { returnId, shiftId, originalSaleId, tender, reason = 'not given' } = command;
  const { store, till, documents, currency } = openShiftOf(state, shiftId);
  const sold = originalSaleId === undefined ? undefined : soldLines(command, originalSaleId, given);
  const priceOf = (sku: string) => sold?.find((line) => line.sku === sku)?.unitPrice;
  const { lines, totals } = ringUp(command.lines, { listing: given.listing, currency, sign: -1, priceOf });
  const grades = gradesOf(command.lines, lines);
  const document = { shiftId, store, till, number: documents + 1, lines, totals, tender };
  return [
    {
      type: 'SaleReturnRecorded',
      data: {
        returnId,
        ...(originalSaleId !== undefined && { originalSaleId }),
        reason,
        ...document,
        ...(grades.length > 0 && { grades }),
      },
    },
  ];
};

function soldLines(command: RecordReturn, saleId: string, { original }: ReturnFacts): readonly TradeLine[] {
  if (!original) throw unknownSale(saleId, 'unprocessable');
  const sold = new Map(summed(original.lines));
  for (const [sku, quantity] of summed(command.lines)) {
    const left = (sold.get(sku) ?? 0) - (original.returned.get(sku) ?? 0);
    if (quantity > left) throw moreThanSold({ saleId, sku, quantity, left });
  }
  return original.lines;
}

function summed(lines: readonly { sku: string; quantity: number }[]): [sku: string, quantity: number][] {
  // Services come back too: what counts here is what was sold, not what moves stock.
  return stockedLines(lines.map(({ sku, quantity }) => ({ sku, quantity }))).map(({ sku, quantity }) => [sku, quantity]);
}

/** What somebody is told who names a sale that no till has recorded. */
export function unknownSale(saleId: string, kind: 'not-found' | 'unprocessable'): Refusal {
  return new Refusal('unknown-sale', `No till has recorded a sale ${saleId}.`, 'Check the id on the receipt.', kind);
}

function moreThanSold({ saleId, sku, quantity, left }: { saleId: string; sku: string; quantity: number; left: number }): Refusal {
  return new Refusal(
    'more-than-sold',
    `${quantity} of ${sku} cannot come back from sale ${saleId}: ${Math.max(0, left)} of it are still out.`,
    'Return no more than was sold; for goods from elsewhere leave originalSaleId out.',
  );
}
