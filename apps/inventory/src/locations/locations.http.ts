import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { pageOf, pageRequest, versioned, Write, written, type Answer, type Page, type WriteRequest } from '#libs/platform';
import { location, unknownLocation, type Location } from './location';
import { filterIn, type LocationQuery } from './location-query.http';
import { ListLocations, type LocationRow } from './location.view';
import { CAPABILITIES, KINDS, RegisterLocation } from './register-location';

type LocationResource = { id: string } & NonNullable<Location>;

const resource = (id: string, state: Location): LocationResource => {
  if (!state) throw unknownLocation(id, 'not-found');
  return { id, ...state };
};

@ApiTags('inventory')
@Controller('inventory/locations')
export class LocationsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /** Registers a place or says all of it anew; `If-Match` guards against overwriting what somebody else changed. */
  @Put(':id')
  @ApiOperation({ summary: 'Register a warehouse, store, corner shop or locker, or change it' })
  async register(@Param('id') id: string, @Body() command: RegisterLocation, @Write() write: WriteRequest): Promise<Answer> {
    command.location = id;
    const outcome = await dispatch<Location>(this.commands, command, write);
    return written(outcome, resource(id, outcome.state));
  }

  /** 404 `unknown-location` when it is not registered. */
  @Get(':id')
  @ApiOperation({ summary: 'One location' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(location, id);
    return versioned(version, resource(id, state));
  }

  /** In order of their ids. 400 `unknown-kind`, `unknown-capability` or `invalid-area` for a filter that is none. */
  @Get()
  @ApiOperation({ summary: 'The locations, page by page; of one kind, that can do something, or near a point' })
  @ApiQuery({ name: 'kind', required: false, enum: KINDS })
  @ApiQuery({ name: 'capability', required: false, enum: CAPABILITIES })
  @ApiQuery({ name: 'near', required: false, description: '`latitude,longitude`; with `km`' })
  @ApiQuery({ name: 'km', required: false, description: 'How far from `near`, along the great circle' })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async list(@Query() query: LocationQuery & { cursor?: string; limit?: string }): Promise<Page<LocationResource>> {
    const { after, limit, take } = pageRequest(query);
    const found = new ListLocations(filterIn(query), String(after?.[0] ?? ''), take);
    const { items, next } = pageOf(await this.queries.execute<ListLocations, LocationRow[]>(found), limit, ({ id }) => [id]);
    return { items: items.map(({ profile, ...facts }) => ({ ...facts, ...profile })), next };
  }
}
