import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { pageOf, pageRequest, versioned, Write, written, type Answer, type Page, type WriteRequest } from '#libs/platform';
import { RegisterShop } from './register-shop';
import { shop, unknownShop, type Shop } from './shop';
import { ListShops, type ShopRow } from './shop.view';

const resource = (id: string, state: Shop): { id: string } & NonNullable<Shop> => {
  if (!state) throw unknownShop(id, 'not-found');
  return { id, ...state };
};

@ApiTags('lingshoutong')
@Controller('lingshoutong/shops')
export class ShopsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /** Registers a shop or says how it has changed; it becomes a location of the same id in `inventory`. */
  @Put(':id')
  @ApiOperation({ summary: 'Register a corner shop, or change it' })
  async register(@Param('id') id: string, @Body() command: RegisterShop, @Write() write: WriteRequest): Promise<Answer> {
    command.shop = id;
    const outcome = await dispatch<Shop>(this.commands, command, write);
    return written(outcome, resource(id, outcome.state));
  }

  /** 404 `unknown-shop` when it is not registered. */
  @Get(':id')
  @ApiOperation({ summary: 'One corner shop' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(shop, id);
    return versioned(version, resource(id, state));
  }

  /** In order of their ids. */
  @Get()
  @ApiOperation({ summary: 'The corner shops, page by page' })
  async list(@Query() query: { cursor?: string; limit?: string }): Promise<Page<ShopRow>> {
    const { after, limit, take } = pageRequest(query);
    const rows = await this.queries.execute<ListShops, ShopRow[]>(new ListShops(String(after?.[0] ?? ''), take));
    return pageOf(rows, limit, ({ id }) => [id]);
  }
}
