import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { receipt, type Receipt } from './receipt';
import { ReceiveGoods } from './receive-goods';

@ApiTags('inventory')
@Controller('inventory/receipts')
export class ReceiptsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /** 422 `unknown-location` when the place is not registered. */
  @Post()
  @ApiOperation({ summary: 'Book a delivery in at a location' })
  async receive(@Body() command: ReceiveGoods, @Write() write: WriteRequest): Promise<Answer> {
    command.receiptId = write.newId();
    const outcome = await dispatch<Receipt>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, { id: command.receiptId, ...outcome.state });
  }

  /** Also what a corner shop received, under the id of the supply order; `purchaseOrderId` says on what it was delivered. */
  @Get(':id')
  @ApiOperation({ summary: 'One delivery' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(receipt, id);
    if (!state) throw unknownReceipt(id);
    return versioned(version, { id, ...state });
  }
}

function unknownReceipt(id: string): Refusal {
  return new Refusal(
    'unknown-receipt',
    `There is no receipt ${id}.`,
    'Use the id that POST /inventory/receipts answered with, or that of a supply order that was received.',
    'not-found',
  );
}
