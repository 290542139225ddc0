import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { pageOf, pageRequest, versioned, Write, written, type Answer, type Page, type WriteRequest } from '#libs/platform';
import { ReceiveSupplyOrder } from './receive-supply-order';
import { ShipSupplyOrder } from './ship-supply-order';
import { SubmitSupplyOrder } from './submit-supply-order';
import { supplyOrder, unknownSupplyOrder, type SupplyOrder } from './supply-order';
import { ListSupplyOrders, type SupplyOrderRow } from './supply-order.view';

function resource(id: string, state: SupplyOrder): object {
  if (!state) throw unknownSupplyOrder(id);
  const { totals, ...facts } = state;
  const reason = state.status === 'rejected' ? { reason: 'out-of-stock' } : {};
  return { id, ...facts, ...reason, totalMinor: totals.amountMinor, currency: totals.currency };
}

const isDecided = (state: SupplyOrder): boolean => state?.status !== 'pending';

@ApiTags('lingshoutong')
@Controller('lingshoutong/supply-orders')
export class SupplyOrdersHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /** With `Prefer: wait=5` it answers once the order is accepted or rejected; 202 and `pending` if that takes longer. */
  @Post()
  @ApiOperation({ summary: 'Order goods for a corner shop' })
  async submit(@Body() command: SubmitSupplyOrder, @Write() write: WriteRequest): Promise<Answer> {
    const id = (command.supplyOrderId = write.newId());
    const outcome = await dispatch<SupplyOrder>(this.commands, command, write.at(command.happenedAt));
    if (write.waitMs === undefined) return written(outcome, resource(id, outcome.state));
    const { state, version } = await this.streams.until(supplyOrder, id, isDecided, write.waitMs);
    return written({ ...outcome, version }, resource(id, state), isDecided(state) ? undefined : 202);
  }

  /** 409 `supply-order-not-accepted` while its goods are being looked for, or when there were none. */
  @Post(':id/ship')
  @ApiOperation({ summary: 'Send the goods to the shop' })
  async ship(@Param('id') id: string, @Body() command: ShipSupplyOrder, @Write() write: WriteRequest): Promise<Answer> {
    command.supplyOrderId = id;
    const outcome = await dispatch<SupplyOrder>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, resource(id, outcome.state));
  }

  /** 422 `more-than-shipped` when the count cannot be right; 409 `supply-order-not-shipped` before the goods have left. */
  @Post(':id/receive')
  @ApiOperation({ summary: 'Count the goods in at the shop' })
  async receive(@Param('id') id: string, @Body() command: ReceiveSupplyOrder, @Write() write: WriteRequest): Promise<Answer> {
    command.supplyOrderId = id;
    const outcome = await dispatch<SupplyOrder>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, resource(id, outcome.state));
  }

  /** 404 `unknown-supply-order` when nobody submitted it. */
  @Get(':id')
  @ApiOperation({ summary: 'One supply order' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(supplyOrder, id);
    return versioned(version, resource(id, state));
  }

  /** The latest first. */
  @Get()
  @ApiOperation({ summary: 'The supply orders, of one shop or of all, page by page' })
  async list(@Query() query: { shop?: string; cursor?: string; limit?: string }): Promise<Page<SupplyOrderRow>> {
    const { after, limit, take } = pageRequest(query);
    const rows = await this.queries.execute<ListSupplyOrders, SupplyOrderRow[]>(new ListSupplyOrders(query.shop, after, take));
    return pageOf(rows, limit, ({ submittedAt, id }) => [submittedAt, id]);
  }
}
