import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsISO8601, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { MAX_LINES, stockedLines } from '#libs/contracts';
import { to, type DecideAcross, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { moveEach, stockAt } from '../stock/stock';
import { leaving, quarantine, type Quarantine } from './quarantine';
import { QuarantineLine } from './quarantine-stock';

/** Ends the quarantine of units, one way or the other. */
abstract class SettleQuarantine {
  /** From the path. */
  quarantineId!: string;

  /** Which units; all that are kept when absent. Lines that repeat a SKU are added up. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => QuarantineLine)
  lines?: QuarantineLine[];

  /** When it was decided, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Units are fit for sale after all. */
export class ReleaseQuarantine extends SettleQuarantine {}

/** Units are thrown away. */
export class ScrapQuarantine extends SettleQuarantine {
  @IsString()
  @Length(1, 200)
  reason!: string;
}

/** Refuses more than is kept, and what nobody has put aside. */
export const releaseQuarantine: DecideAcross<ReleaseQuarantine, Quarantine> = ({ quarantineId, lines: wanted }, stateOf) => {
  const state = stateOf(quarantine, quarantineId);
  const lines = leaving(quarantineId, state, wanted && stockedLines(wanted));
  const { location = '' } = state ?? {};
  return [
    to(quarantine, quarantineId, { type: 'QuarantineReleased', data: { quarantineId, location, lines } }),
    ...moveEach(location, lines, (line) => ({ type: 'StockQuarantineReleased', data: { ...line, quarantineId } })),
  ];
};

/** Refuses the same. */
export const scrapQuarantine: DecideAcross<ScrapQuarantine, Quarantine> = ({ quarantineId, lines: wanted, reason }, stateOf) => {
  const state = stateOf(quarantine, quarantineId);
  const lines = leaving(quarantineId, state, wanted && stockedLines(wanted));
  const { location = '' } = state ?? {};
  return [
    to(quarantine, quarantineId, { type: 'QuarantineScrapped', data: { quarantineId, location, lines, reason } }),
    ...moveEach(location, lines, (line) => ({ type: 'StockScrapped', data: { ...line, quarantineId, reason } })),
  ];
};

/** The quarantine, and the stocks of what it keeps. */
export function settledStreams({ quarantineId }: SettleQuarantine, known: Quarantine): StreamRef[] {
  return [{ aggregate: quarantine, id: quarantineId }, ...(known ? stockAt(known.location, known.lines) : [])];
}
