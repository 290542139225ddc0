import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { pageOf, pageRequest, versioned, Write, written, type Answer, type Page, type WriteRequest } from '#libs/platform';
import { location, unknownLocation, type Location } from './location';
import { ListLocations, type LocationRow } from './location.view';
import { RegisterLocation } from './register-location';

const resource = (id: string, state: Location): { id: string } & NonNullable<Location> => {
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

  /** Registers a place or says how it has changed; `If-Match` guards against overwriting what somebody else changed. */
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

  /** In order of their ids. */
  @Get()
  @ApiOperation({ summary: 'The locations, page by page' })
  async list(@Query() query: { cursor?: string; limit?: string }): Promise<Page<LocationRow>> {
    const { after, limit, take } = pageRequest(query);
    const rows = await this.queries.execute<ListLocations, LocationRow[]>(new ListLocations(String(after?.[0] ?? ''), take));
    return pageOf(rows, limit, ({ id }) => [id]);
  }
}
