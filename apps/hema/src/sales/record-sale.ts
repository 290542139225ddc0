import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsISO8601, IsOptional, Matches, ValidateNested } from 'class-validator';
import { ID_PATTERN, MAX_LINES, type ShiftEvents, type Tender } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import type { Listing } from '../catalog/product';
import { openShiftOf, type Shift } from '../shifts/shift';
import { ringUp, ScannedLine } from './ring-up';

export const TENDERS: readonly Tender[] = ['cash', 'card', 'qr'];

/** Records a sale over the counter: paid, and the goods have left. */
export class RecordSale {
  /** Minted. */
  saleId!: string;

  @Matches(ID_PATTERN)
  shiftId!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => ScannedLine)
  lines!: ScannedLine[];

  @IsIn(TENDERS)
  tender!: Tender;

  /** When it was paid, where that was not just now: a till without network sends its sales later. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Numbered on from the shift's last document. Refuses a shift that is not open, and lines that cannot be priced. */
export const recordSale: Decide<RecordSale, Shift, ShiftEvents, Listing> = (command, state, { given: listing }) => {
  const { saleId, shiftId, tender } = command;
  const { store, till, documents, currency } = openShiftOf(state, shiftId);
  const { lines, totals } = ringUp(command.lines, { listing, currency, sign: 1 });
  return [{ type: 'SaleRecorded', data: { saleId, shiftId, store, till, number: documents + 1, lines, totals, tender } }];
};
