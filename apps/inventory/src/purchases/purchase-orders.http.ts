import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import {
  invalidInput,
  pageOf,
  pageRequest,
  timeKey,
  versioned,
  Write,
  written,
  type Answer,
  type Page,
  type WriteRequest,
} from '#libs/platform';
import { CancelPurchaseOrder } from './cancel-purchase-order';
import { ChangePurchaseOrder } from './change-purchase-order';
import { PlacePurchaseOrder } from './place-purchase-order';
import {
  PURCHASE_STATUSES,
  purchaseOrder,
  unknownPurchaseOrder,
  type PurchaseOrder,
  type PurchaseStatus,
} from './purchase-order';
import { ListPurchaseOrders, type PurchaseOrderRow } from './purchase-order.view';
import { ReceivePurchaseOrder } from './receive-purchase-order';

interface OrdersQuery {
  status?: string;
  supplier?: string;
  location?: string;
  cursor?: string;
  limit?: string;
}

@ApiTags('inventory')
@Controller('inventory/purchase-orders')
export class PurchaseOrdersHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /** From now on the goods are inbound at the place. 422 `unknown-location`. */
  @Post()
  @ApiOperation({ summary: 'Say that goods of a supplier are expected at a place' })
  async place(@Body() command: PlacePurchaseOrder, @Write() write: WriteRequest): Promise<Answer> {
    command.purchaseOrderId = write.newId();
    return this.carryOut(command, write);
  }

  /** 409 `below-received` with `lines`, or `purchase-order-closed`; 404 `unknown-purchase-order`. */
  @Post(':id/change')
  @ApiOperation({ summary: 'Order other quantities, or for another time' })
  async change(@Param('id') id: string, @Body() command: ChangePurchaseOrder, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(command, { purchaseOrderId: id }), write);
  }

  /**
   * Puts what was counted on the books of the place, as a receipt (`GET /inventory/receipts/:id`), and says the variance. Up to 10 %
   * more than was ordered is taken in and shows as `over`. 409 `over-delivery` with `lines`, `not-ordered` with `skus`, or
   * `purchase-order-closed`; 422 `nothing-received`; 404 `unknown-purchase-order`.
   */
  @Post(':id/receipts')
  @ApiOperation({ summary: 'Book in what was delivered on a purchase order' })
  async receive(@Param('id') id: string, @Body() command: ReceivePurchaseOrder, @Write() write: WriteRequest): Promise<Answer> {
    const ids = { purchaseOrderId: id, receiptId: write.newId() };
    return this.carryOut(Object.assign(command, ids), write.at(command.happenedAt));
  }

  /** What has come stays. 409 `purchase-order-closed`; 404 `unknown-purchase-order`. */
  @Post(':id/cancel')
  @ApiOperation({ summary: 'Call off what is still expected of a purchase order' })
  async cancel(@Param('id') id: string, @Body() command: CancelPurchaseOrder, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(command, { purchaseOrderId: id }), write);
  }

  /** By SKU what was ordered, has come and is still expected, and its receipts. 404 `unknown-purchase-order`. */
  @Get(':id')
  @ApiOperation({ summary: 'One purchase order' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(purchaseOrder, id);
    if (!state) throw unknownPurchaseOrder(id);
    return versioned(version, { id, ...state });
  }

  /** What is expected first comes first; the open ones when no status is named. 400 `unknown-status`. */
  @Get()
  @ApiOperation({ summary: 'Purchase orders, page by page' })
  @ApiQuery({ name: 'status', required: false, enum: PURCHASE_STATUSES })
  @ApiQuery({ name: 'supplier', required: false })
  @ApiQuery({ name: 'location', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async list(@Query() query: OrdersQuery): Promise<Page<PurchaseOrderRow>> {
    const { after, limit, take } = pageRequest(query);
    const { supplier, location } = query;
    const status = statusOf(query.status ?? 'open');
    const wanted = { status, ...(supplier !== undefined && { supplier }), ...(location !== undefined && { location }) };
    const asked = new ListPurchaseOrders(wanted, timeKey(after), take);
    const rows = await this.queries.execute<ListPurchaseOrders, PurchaseOrderRow[]>(asked);
    return pageOf(rows, limit, ({ expectedAt, id }) => [expectedAt, id]);
  }

  private async carryOut(command: { purchaseOrderId: string }, write: WriteRequest): Promise<Answer> {
    const outcome = await dispatch<PurchaseOrder>(this.commands, command, write);
    return written(outcome, { id: command.purchaseOrderId, ...outcome.state });
  }
}

function statusOf(text: string): PurchaseStatus {
  const found = PURCHASE_STATUSES.find((status) => status === text);
  if (found) return found;
  const remedy = `Name one of ${PURCHASE_STATUSES.join(', ')}, or leave status out for those that are open.`;
  throw invalidInput('unknown-status', `There is no status "${text.slice(0, 40)}".`, remedy);
}
