import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { invalidInput, Write, type WriteRequest } from '#libs/platform';
import { dayOf, type Day } from './business-day';
import { CloseOfDay, type ClosedDays } from './close-of-day.timer';
import { NOWHERE } from './daily-demand';
import { FindDemand, type DailyDemandRow } from './daily-demand.view';
import { dayIn } from './query-parameters.http';

interface DayOfDemand {
  day: Day;
  units: number;
  /** Whether these units are on record; a day that is not over is not. */
  recorded: boolean;
}

interface Demand {
  sku: string;
  units: number;
  byArea: { area: string; units: number; days: DayOfDemand[] }[];
  /** What no location could serve. */
  unmet: { units: number; days: DayOfDemand[] };
}

const FIRST_DAY = '1970-01-01';
const LAST_DAY = '9999-12-31';

@ApiTags('inventory')
@Controller('inventory/demand')
export class DemandHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly closeOfDay: CloseOfDay,
  ) {}

  /** By area, which is the location that served it, and day. `from` and `to` are days, both included; all when absent. */
  @Get(':sku')
  @ApiOperation({ summary: 'What was asked of a SKU, by area and day' })
  async find(@Param('sku') sku: string, @Query() query: { from?: string; to?: string }): Promise<Demand> {
    const from = dayIn('from', query.from ?? FIRST_DAY);
    const to = dayIn('to', query.to ?? LAST_DAY);
    const rows = await this.queries.execute<FindDemand, DailyDemandRow[]>(new FindDemand([sku], from, to));
    const areas = [...new Set(rows.map(({ area }) => area))].filter((area) => area !== NOWHERE);
    const byArea = areas.map((area) => ({ area, ...totalOf(rows, area) }));
    return { sku, units: byArea.reduce((sum, { units }) => sum + units, 0), byArea, unmet: totalOf(rows, NOWHERE) };
  }

  /**
   * Records the demand of `day` and of days before it that are not on record as they are now known, at most a hundred days of areas at
   * once: `more` says whether to ask again. It happens by itself within a minute after midnight UTC; this is for whoever
   * does not want to wait. 400 `day-not-over` for today and later.
   */
  @Post('days/:day/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put the demand of days that are over on record now' })
  async close(
    @Param('day') text: string,
    @Write() write: WriteRequest,
  ): Promise<Omit<ClosedDays, 'positions'> & { position?: string }> {
    const day = dayIn('day', text);
    if (day >= dayOf(write.now)) {
      throw invalidInput('day-not-over', `${day} is not over in UTC.`, 'Name yesterday or a day before it.');
    }
    const { positions, ...closed } = await this.closeOfDay.close(day, write);
    return { ...closed, ...(positions.length > 0 && { position: positions.join(';') }) };
  }
}

function totalOf(rows: readonly DailyDemandRow[], area: string): { units: number; days: DayOfDemand[] } {
  const days = rows
    .filter((row) => row.area === area)
    .map(({ day, units, recorded }) => ({ day, units: Math.max(0, units), recorded: Math.max(0, units) === recorded }));
  return { units: days.reduce((sum, { units }) => sum + units, 0), days };
}
