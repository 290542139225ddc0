import { IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN, type ShiftEvents } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { CURRENCY_PATTERN } from '../catalog/product';
import type { Shift } from './shift';

/** Opens a till for one cashier. */
export class OpenShift {
  /** The till may name its shift, so that it can sell before it is online; else minted. */
  @IsOptional()
  @Matches(ID_PATTERN)
  shiftId!: string;

  /** The location in `inventory` whose stock is sold. */
  @Matches(ID_PATTERN)
  store!: string;

  @Matches(ID_PATTERN)
  till!: string;

  @IsString()
  @Length(1, 64)
  cashier!: string;

  /** Cash in the drawer at the beginning, in minor units. */
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  floatMinor!: number;

  /** ISO 4217; everything in the shift is in this currency. */
  @Matches(CURRENCY_PATTERN)
  currency!: string;

  /** When it was opened, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Nothing when it was opened the same way before, also if it is closed by now; refuses an id that another shift has. */
export const openShift: Decide<OpenShift, Shift, ShiftEvents> = (command, known) => {
  const { shiftId, store, till, cashier, floatMinor, currency } = command;
  if (!known) return [{ type: 'ShiftOpened', data: { shiftId, store, till, cashier, floatMinor, currency } }];
  const isSame =
    known.store === store &&
    known.till === till &&
    known.cashier === cashier &&
    known.floatMinor === floatMinor &&
    known.currency === currency;
  if (isSame) return [];
  throw new Refusal(
    'shift-id-taken',
    `Shift ${shiftId} was opened at till ${known.till} of ${known.store} by ${known.cashier}.`,
    'Leave shiftId out to be given a fresh one, or choose another.',
    'conflict',
  );
};
