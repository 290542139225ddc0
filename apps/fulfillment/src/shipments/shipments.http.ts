import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import {
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
import { DeliverShipment } from './deliver-shipment';
import { ShipShipment } from './ship-shipment';
import { hasLeft, shipment, unknownShipment, type Shipment } from './shipment';
import { ListShipments, type ShipmentRow } from './shipment.view';

@ApiTags('fulfillment')
@Controller('fulfillment/shipments')
export class ShipmentsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
    private readonly vault: Vault,
  ) {}

  /**
   * With `Prefer: wait=5` it waits for a shipment whose order is about to be confirmed. 404 `unknown-shipment` without one, 409
   * `shipment-cancelled` when its customer was quicker, `not-packed-there` for a `location` that has no parcel of it.
   */
  @Post(':id/ship')
  @ApiOperation({ summary: 'Hand a parcel over to its carrier, or that of one of several places' })
  async ship(@Param('id') id: string, @Body() command: ShipShipment, @Write() write: WriteRequest): Promise<Answer> {
    command.shipmentId = id;
    if (write.waitMs !== undefined) await this.streams.until(shipment, id, (state) => state !== undefined, write.waitMs);
    const outcome = await dispatch<Shipment>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, await this.resource(id, outcome.state));
  }

  /** 409 `shipment-not-shipped` before it has left, `shipment-cancelled` when it never will. */
  @Post(':id/deliver')
  @ApiOperation({ summary: 'Say that a parcel has arrived' })
  async deliver(@Param('id') id: string, @Body() command: DeliverShipment, @Write() write: WriteRequest): Promise<Answer> {
    command.shipmentId = id;
    const outcome = await dispatch<Shipment>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, await this.resource(id, outcome.state));
  }

  /** Under the id of its order. 404 `unknown-shipment` when that is not confirmed. */
  @Get(':id')
  @ApiOperation({ summary: 'One shipment' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(shipment, id);
    return versioned(version, await this.resource(id, state));
  }

  /** What waits longest comes first: with `status=created` and a location this is the list of its pickers. */
  @Get()
  @ApiOperation({ summary: 'The shipments by status and location, page by page' })
  async list(
    @Query() { status, location, ...page }: { status?: string; location?: string; cursor?: string; limit?: string },
  ): Promise<Page<object>> {
    const { after, limit, take } = pageRequest(page);
    const filter = { ...(status !== undefined && { status }), ...(location !== undefined && { location }) };
    const rows = await this.queries.execute<ListShipments, ShipmentRow[]>(new ListShipments(filter, take, timeKey(after)));
    const { items, next } = pageOf(rows, limit, ({ createdAt, id }) => [createdAt, id]);
    return { items: await Promise.all(items.map((row) => this.listed(row))), next };
  }

  private async resource(id: string, state: Shipment): Promise<object> {
    if (!state) throw unknownShipment(id);
    const { status, orderId, location, lines, parcels, deliverTo, recipient } = state;
    const delivery = await this.vault.reveal({ deliverTo, recipient });
    const goods = { location, lines, ...(parcels && { parcels }) };
    return { id, status, orderId, ...goods, ...delivery, ...(hasLeft(state) && { carrier: state.carrier }) };
  }

  /** A row says nothing of what is not there. */
  private async listed({ deliverTo, recipient, parcels, ...row }: ShipmentRow): Promise<object> {
    return {
      ...row,
      ...(parcels && { parcels }),
      ...(await this.vault.reveal({ deliverTo, recipient: recipient ?? undefined })),
    };
  }
}
