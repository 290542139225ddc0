import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { dispatch, Streams } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import {
  hasScope,
  pageOf,
  pageRequest,
  scopeRequired,
  timeKey,
  versioned,
  Write,
  written,
  type Answer,
  type Page,
  type WriteRequest,
} from '#libs/platform';
import { AGREE_PRICES } from '../catalog/price';
import { CancelOrder } from './cancel-order';
import { isBeingCancelled, isUndecided, order, unknownOrder, type Order } from './order';
import { orderResource, type OrderResource } from './order-resource';
import { ListOrders, type OrderRow } from './order.view';
import { PlaceOrder } from './place-order';

/** Fulfillment answers within moments. */
const USUAL_PATIENCE_MS = 2000;

/** A row says nothing of what is not there. */
function listed({ reason, location, ...row }: OrderRow): object {
  return { ...row, ...(reason !== null && { reason }), ...(location !== null && { location }) };
}

@ApiTags('storefront')
@Controller('storefront/orders')
export class OrdersHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
    private readonly vault: Vault,
  ) {}

  /**
   * With `Prefer: wait=5` it answers once the order is confirmed, rejected or cancelled; 202 and `pending` if that takes longer.
   * 422 `unknown-sku`, `currency-mismatch` or `amount-too-large`; an `agreedPrice` needs the scope `prices:agree`.
   */
  @Post()
  @ApiOperation({ summary: 'Order online' })
  async place(@Body() command: PlaceOrder, @Write() write: WriteRequest, @Req() request: FastifyRequest): Promise<Answer> {
    const isAgreed = command.lines.some(({ agreedPrice }) => agreedPrice !== undefined);
    if (isAgreed && !hasScope(request, AGREE_PRICES)) throw scopeRequired(AGREE_PRICES);
    const id = (command.orderId = write.newId());
    const { deliverTo, recipient, paymentToken, ...rest } = command;
    const personal = { deliverTo, recipient, paymentToken };
    command.sealed = await this.vault.seal(command.customer, write.commandId, personal);
    const known = write.knownBy({ ...rest, ...command.sealed });
    const outcome = await dispatch<Order>(this.commands, command, known.at(command.happenedAt));
    if (write.waitMs === undefined) return written(outcome, await this.resource(id, outcome.state));
    const { state, version } = await this.streams.until(order, id, (now) => !isUndecided(now), write.waitMs);
    return written({ ...outcome, version }, await this.resource(id, state), isUndecided(state) ? 202 : undefined);
  }

  /**
   * Waits up to 2 seconds, or as `Prefer: wait` says, until it is known whether the parcel could be stopped; 202 and
   * `cancelling` if that takes longer. 409 `order-already-shipped` or `order-already-rejected`.
   */
  @Post(':id/cancel')
  @ApiOperation({ summary: 'Call an order off' })
  async cancel(@Param('id') id: string, @Body() command: CancelOrder, @Write() write: WriteRequest): Promise<Answer> {
    command.orderId = id;
    const outcome = await dispatch<Order>(this.commands, command, write);
    const patienceMs = write.waitMs ?? USUAL_PATIENCE_MS;
    const { state, version } = await this.streams.until(order, id, (now) => !isBeingCancelled(now), patienceMs);
    return written({ ...outcome, version }, await this.resource(id, state), isBeingCancelled(state) ? 202 : undefined);
  }

  /** 404 `unknown-order` when nobody placed it. */
  @Get(':id')
  @ApiOperation({ summary: 'One online order' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(order, id);
    return versioned(version, await this.resource(id, state));
  }

  /** The latest first, without their lines. */
  @Get()
  @ApiOperation({ summary: 'The online orders by customer and status, page by page' })
  async list(
    @Query() { customer, status, ...page }: { customer?: string; status?: string; cursor?: string; limit?: string },
  ): Promise<Page<object>> {
    const { after, limit, take } = pageRequest(page);
    const rows = await this.queries.execute<ListOrders, OrderRow[]>(new ListOrders({ customer, status }, take, timeKey(after)));
    const { items, next } = pageOf(rows, limit, ({ placedAt, id }) => [placedAt, id]);
    return { items: items.map(listed), next };
  }

  private async resource(id: string, state: Order): Promise<OrderResource> {
    if (!state) throw unknownOrder(id, 'not-found');
    const { deliverTo, recipient } = state.purchase;
    return orderResource(id, state, await this.vault.reveal({ deliverTo, recipient }));
  }
}
