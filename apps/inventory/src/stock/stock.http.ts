import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Streams } from '#libs/eventsourcing';
import { Clock, versioned, type Answer } from '#libs/platform';
import { everywhere, unitsOf, type Levels } from '../history/levels';
import type { Moment } from '../history/moment';
import { AsksOfALocation, AsksOfThePast, momentIn, told, type MomentQuery, type ToldMoment } from '../history/moment-query.http';
import { quantitiesOf } from '../history/quantities';
import { StockHistory } from '../history/stock-history.provider';
import { bought, expecting, type Expecting, type Inbound } from '../inbound/inbound';
import { FindInbound } from '../inbound/inbound.view';
import { FindAvailability, type AvailabilityRow } from './availability.view';
import { stock, stockId } from './stock';

type StockThen = { sku: string } & ToldMoment & Levels;
type StockNow = { sku: string } & Expecting;

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
   * From the availability view or, as of a moment, from the log; all zero for a SKU that no place has carried. `inbound` is what is still
   * to come, in transit or from suppliers; it is told of now alone. 400 `invalid-time`, `time-in-the-future`, `invalid-axis`.
   */
  @Get(':sku')
  @ApiOperation({
    summary: 'How much of a SKU is on hand, reserved, available and on its way, in all and by location, now or as of a moment',
  })
  @AsksOfThePast()
  @AsksOfALocation()
  async everywhere(
    @Param('sku') sku: string,
    @Query() query: MomentQuery & { location?: string },
  ): Promise<StockThen | StockNow> {
    const moment = momentIn(query, this.clock.now());
    if (moment) return this.asOf(sku, moment, query.location);
    const { location } = query;
    const [levels, coming] = await Promise.all([this.now(sku, location), this.toCome(sku, location)]);
    return { sku, ...expecting(levels, coming) };
  }

  private async now(sku: string, location?: string): Promise<Levels> {
    if (location !== undefined) return this.asOf(sku, {}, location);
    const rows = await this.queries.execute<FindAvailability, AvailabilityRow[]>(new FindAvailability(sku));
    return everywhere(new Map(rows.map(({ location: at, ...counted }) => [at, counted])));
  }

  private async toCome(sku: string, location?: string): Promise<Inbound[]> {
    return this.queries.execute<FindInbound, Inbound[]>(new FindInbound(sku, location));
  }

  private async asOf(sku: string, moment: Moment, location?: string): Promise<StockThen> {
    const levels = await this.history.levels(await this.history.heads(sku, location), moment);
    return { sku, ...told(moment), ...everywhere(levels) };
  }

  /**
   * From the stock itself, now or as of a moment, but for what suppliers owe, which a view says; all zero where the SKU had never been.
   * 400 as for all locations.
   */
  @Get(':sku/:location')
  @ApiOperation({
    summary: 'How much of a SKU is on hand, reserved, available and on its way at one location, now or as of a moment',
  })
  @AsksOfThePast()
  async at(
    @Param('sku') sku: string,
    @Param('location') location: string,
    @Query() query: MomentQuery,
  ): Promise<Answer | (Omit<StockThen, 'byLocation'> & { location: string })> {
    const moment = momentIn(query, this.clock.now());
    if (moment) {
      const { byLocation: _, ...units } = await this.asOf(sku, moment, location);
      return { ...units, location };
    }
    const coming = await this.toCome(sku, location);
    const { state, version } = await this.streams.read(stock, stockId(sku, location));
    const units = unitsOf(quantitiesOf(state));
    return versioned(version, { sku, location, ...units, inbound: units.inTransit + bought(location, coming) });
  }
}
