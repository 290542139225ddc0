import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, Matches, ValidateNested } from 'class-validator';
import { CLOSES_PATTERN, OPENS_PATTERN } from './opening-hours';

const MOST_A_DAY = 8;

/** A stretch of one day: local time, `HH:MM`, `24:00` for the end of the day. */
export class OpeningTime {
  @Matches(OPENS_PATTERN)
  opens!: string;

  @Matches(CLOSES_PATTERN)
  closes!: string;
}

function Day(): PropertyDecorator {
  const checks = [IsOptional(), IsArray(), ArrayMaxSize(MOST_A_DAY), ValidateNested({ each: true }), Type(() => OpeningTime)];
  return (target, field) => checks.forEach((check) => check(target, field));
}

/** When a place is open. A day that is absent is a day off. */
export class OpeningTimes {
  @Day()
  monday?: OpeningTime[];

  @Day()
  tuesday?: OpeningTime[];

  @Day()
  wednesday?: OpeningTime[];

  @Day()
  thursday?: OpeningTime[];

  @Day()
  friday?: OpeningTime[];

  @Day()
  saturday?: OpeningTime[];

  @Day()
  sunday?: OpeningTime[];
}
