import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Streams } from '#libs/eventsourcing';
import { Clock, versioned, type Answer } from '#libs/platform';
import { everywhere, unitsOf, type Levels, type Units } from '../history/levels';
import type { Moment } from '../history/moment';
import { AsksOfALocation, AsksOfThePast, momentIn, told, type MomentQuery, type ToldMoment } from '../history/moment-query.http';
import { StockHistory } from '../history/stock-history.provider';
import { FindAvailability, type AvailabilityRow } from './availability.view';
import { quantitiesOf } from '../history/quantities';
import { stock, stockId } from './stock';

type StockOfSku = { sku: string } & ToldMoment & Levels;

@ApiTags('inventory')
@Controller('inventory/stock')
export class StockHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: Streams,
    private readonly history: StockHistory,
    private readonly clock: Clock,
  ) {}

  /**
   * From the availability view or, as of a moment, from the log; all zero for a SKU that no place has carried. 400 `invalid-time`,
   * `time-in-the-future`, `invalid-axis`.
   */
  @Get(':sku')
  @ApiOperation({
    summary: 'How much of a SKU is on hand, reserved, available and in transit, in all and by location, now or as of a moment',
  })
  @AsksOfThePast()
  @AsksOfALocation()
  async everywhere(@Param('sku') sku: string, @Query() query: MomentQuery & { location?: string }): Promise<StockOfSku> {
    const moment = momentIn(query, this.clock.now());
    if (moment || query.location !== undefined) return this.asOf(sku, moment ?? {}, query.location);
    const rows = await this.queries.execute<FindAvailability, AvailabilityRow[]>(new FindAvailability(sku));
    return { sku, ...everywhere(new Map(rows.map(({ location, ...counted }) => [location, counted]))) };
  }

  private async asOf(sku: string, moment: Moment, location?: string): Promise<StockOfSku> {
    const levels = await this.history.levels(await this.history.heads(sku, location), moment);
    return { sku, ...told(moment), ...everywhere(levels) };
  }

  /** From the stock itself, now or as of a moment; all zero where the SKU had never been. 400 as for all locations. */
  @Get(':sku/:location')
  @ApiOperation({
    summary: 'How much of a SKU is on hand, reserved, available and in transit at one location, now or as of a moment',
  })
  @AsksOfThePast()
  async at(
    @Param('sku') sku: string,
    @Param('location') location: string,
    @Query() query: MomentQuery,
  ): Promise<Answer | (Omit<StockOfSku, 'byLocation'> & { location: string })> {
    const moment = momentIn(query, this.clock.now());
    if (moment) {
      const { byLocation: _, ...units } = await this.asOf(sku, moment, location);
      return { ...units, location };
    }
    const { state, version } = await this.streams.read(stock, stockId(sku, location));
    const units: Units = unitsOf(quantitiesOf(state));
    return versioned(version, { sku, location, ...units });
  }
}
