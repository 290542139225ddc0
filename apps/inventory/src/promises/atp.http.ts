import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CHANNELS, type Channel } from '#libs/contracts';
import { Streams } from '#libs/eventsourcing';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { Clock, invalidInput } from '#libs/platform';
import { dayAt, dayOf, numberOf, type Day } from '../demand/business-day';
import { dayIn } from '../demand/query-parameters.http';
import { dueBefore, type Inbound } from '../inbound/inbound';
import { FindInbound } from '../inbound/inbound.view';
import { FindAvailability, type AvailabilityRow } from '../stock/availability.view';
import { stock, stockId } from '../stock/stock';
import { inAll, promiseAt, type PlacePromise } from './available-to-promise';

interface AtpQuery {
  location?: string;
  channel?: string;
  date?: string;
}

@ApiTags('inventory')
@Controller('inventory/atp')
export class AtpHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  /**
   * From the stocks themselves, as of now, with the terms of the formula: on hand, less reserved, less safety stock, less what is kept
   * for other channels. With a date, also what is inbound and expected by the end of that day (UTC), or late: a quote, for reservations
   * hold what is there. Without a location everywhere that the availability view knows of; without a channel for every channel.
   * 400 `unknown-channel`, `invalid-day` or `date-in-the-past`.
   */
  @Get(':sku')
  @ApiOperation({ summary: 'How much of a SKU can be promised to a channel, now or by a date' })
  @ApiQuery({ name: 'location', required: false })
  @ApiQuery({ name: 'channel', required: false, enum: CHANNELS })
  @ApiQuery({ name: 'date', required: false, description: 'A day like 2026-12-24: counts what is expected until its end' })
  async promise(@Param('sku') sku: string, @Query() { location, channel, date }: AtpQuery): Promise<object> {
    const channels = channel === undefined ? CHANNELS : [channelOf(channel)];
    const day = date === undefined ? undefined : dayAhead(date, this.clock.now());
    const coming = day === undefined ? [] : await this.queries.execute<FindInbound, Inbound[]>(new FindInbound(sku, location));
    const places = location === undefined ? await this.placesOf(sku, coming) : [location];
    const inbound = (at: string): number => (day === undefined ? 0 : dueBefore(midnightAfter(day), at, coming));
    const byLocation = await Promise.all(places.map((at) => this.at({ sku, location: at }, channels, inbound(at))));
    return { sku, ...(day !== undefined && { date: day }), ...inAll(byLocation, channels), byLocation };
  }

  private async placesOf(sku: string, coming: readonly Inbound[]): Promise<string[]> {
    const rows = await this.queries.execute<FindAvailability, AvailabilityRow[]>(new FindAvailability(sku));
    return [...new Set([...rows, ...coming].map(({ location }) => location))];
  }

  private async at(
    { sku, location }: { sku: string; location: string },
    channels: readonly Channel[],
    inbound: number,
  ): Promise<PlacePromise> {
    const { state } = await this.streams.read(stock, stockId(sku, location));
    return promiseAt(location, state, channels, inbound);
  }
}

const midnightAfter = (day: Day): string => `${dayAt(numberOf(day) + 1)}T00:00:00.000Z`;

/** @throws Problem 400 `invalid-day` or `date-in-the-past` */
function dayAhead(text: string, now: Date): Day {
  const [day, today] = [dayIn('date', text), dayOf(now.toISOString())];
  if (day >= today) return day;
  const remedy = `Send date as ${today} or a later day, or leave it out for what is there now.`;
  throw invalidInput('date-in-the-past', `Nothing can be promised for ${day} any more; it is ${today}.`, remedy);
}

function channelOf(text: string): Channel {
  const found = CHANNELS.find((channel) => channel === text);
  if (found) return found;
  throw new Refusal('unknown-channel', `There is no channel "${text.slice(0, 80)}".`, `Name one of ${CHANNELS.join(', ')}.`);
}
