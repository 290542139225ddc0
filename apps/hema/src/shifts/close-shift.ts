import { IsInt, IsISO8601, IsOptional, Max, Min } from 'class-validator';
import type { ShiftEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { shiftClosed, unknownShift, type Shift } from './shift';

/** Counts the drawer and ends the shift. */
export class CloseShift {
  /** From the path. */
  shiftId!: string;

  /** Cash in the drawer at the end, in minor units. */
  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000)
  countedMinor!: number;

  /** When it was counted, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** The difference is what was counted less float and cash takings. Nothing when it was closed with the same count. */
export const closeShift: Decide<CloseShift, Shift, ShiftEvents> = ({ shiftId, countedMinor }, state) => {
  if (!state) throw unknownShift(shiftId, 'not-found');
  if (state.status === 'closed') {
    if (state.countedMinor === countedMinor) return [];
    throw shiftClosed(shiftId);
  }
  const { store, till, documents, takingsMinor, currency } = state;
  const differenceMinor = countedMinor - state.floatMinor - state.cashMinor;
  const data = { shiftId, store, till, documents, takingsMinor, countedMinor, differenceMinor, currency };
  return [{ type: 'ShiftClosed', data }];
};
