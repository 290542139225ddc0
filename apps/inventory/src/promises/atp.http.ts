import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CHANNELS, type Channel } from '#libs/contracts';
import { Streams } from '#libs/eventsourcing';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { FindAvailability, type AvailabilityRow } from '../stock/availability.view';
import { stock, stockId } from '../stock/stock';
import { inAll, promiseAt, type PlacePromise } from './available-to-promise';

interface AtpQuery {
  location?: string;
  channel?: string;
}

@ApiTags('inventory')
@Controller('inventory/atp')
export class AtpHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /**
   * From the stocks themselves, as of now, with the terms of the formula: on hand, less reserved, less safety stock, less what is kept
   * for other channels. Without a location everywhere that the availability view knows of; without a channel for every channel.
   * 400 `unknown-channel`.
   */
  @Get(':sku')
  @ApiOperation({ summary: 'How much of a SKU can be promised to a channel' })
  @ApiQuery({ name: 'location', required: false })
  @ApiQuery({ name: 'channel', required: false, enum: CHANNELS })
  async promise(@Param('sku') sku: string, @Query() { location, channel }: AtpQuery): Promise<object> {
    const channels = channel === undefined ? CHANNELS : [channelOf(channel)];
    const places = location === undefined ? await this.placesOf(sku) : [location];
    const byLocation = await Promise.all(places.map((place) => this.at(sku, place, channels)));
    return { sku, ...inAll(byLocation, channels), byLocation };
  }

  private async placesOf(sku: string): Promise<string[]> {
    const rows = await this.queries.execute<FindAvailability, AvailabilityRow[]>(new FindAvailability(sku));
    return rows.map(({ location }) => location);
  }

  private async at(sku: string, location: string, channels: readonly Channel[]): Promise<PlacePromise> {
    const { state } = await this.streams.read(stock, stockId(sku, location));
    return promiseAt(location, state, channels);
  }
}

function channelOf(text: string): Channel {
  const found = CHANNELS.find((channel) => channel === text);
  if (found) return found;
  throw new Refusal('unknown-channel', `There is no channel "${text.slice(0, 80)}".`, `Name one of ${CHANNELS.join(', ')}.`);
}
