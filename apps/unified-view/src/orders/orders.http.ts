import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { pageOf, pageRequest, timeKey, type Page } from '#libs/platform';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { FindOrder, ListOrders, type Booked } from './find-orders.view';
import { orderResource, type OrderResource, type OrderWithLines } from './order-resource';

@ApiTags('unified-view')
@Controller('unified-view/orders')
export class OrdersHttp {
  constructor(private readonly queries: QueryBus) {}

  /** 404 `unknown-order` when no channel knows it, or none has told yet: After-Position waits for that. */
  @Get(':id')
  @ApiOperation({ summary: 'One order, sale or return, whatever channel it came through' })
  async find(@Param('id') id: string): Promise<OrderWithLines> {
    const found = await this.queries.execute<FindOrder, (Booked & Pick<OrderWithLines, 'lines'>) | undefined>(new FindOrder(id));
    if (!found) throw unknownOrder(id);
    return { ...orderResource(id, found), lines: found.lines };
  }

  /** The latest first, without their lines. */
  @Get()
  @ApiOperation({ summary: 'The order book of all channels, or of one channel or customer, page by page' })
  async list(
    @Query() { channel, customer, ...page }: { channel?: string; customer?: string; cursor?: string; limit?: string },
  ): Promise<Page<OrderResource>> {
    const { after, limit, take } = pageRequest(page);
    const rows = await this.queries.execute<ListOrders, Booked[]>(new ListOrders({ channel, customer }, take, timeKey(after)));
    const { items, next } = pageOf(rows, limit, ({ placedAt, id }) => [placedAt, id]);
    return { items: items.map((row) => orderResource(row.id, row)), next };
  }
}

function unknownOrder(id: string): Refusal {
  return new Refusal(
    'unknown-order',
    `No channel has told of an order, sale or return ${id.slice(0, 80)}.`,
    'Use the id that a channel answered with; bring the `position` of that answer as After-Position to read it at once.',
    'not-found',
  );
}
