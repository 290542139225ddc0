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
import { CancelTransfer } from './cancel-transfer';
import { DispatchTransfer } from './dispatch-transfer';
import { MakeTransfer } from './make-transfer';
import { ReceiveTransfer } from './receive-transfer';
import { transfer, unknownTransfer, type Transfer, type TransferStatus } from './transfer';
import { ListTransfers, type TransferRow } from './transfer.view';

interface TransfersQuery {
  status?: string;
  from?: string;
  to?: string;
  cursor?: string;
  limit?: string;
}

const STATUSES: readonly TransferStatus[] = ['planned', 'in-transit', 'received', 'cancelled'];

@ApiTags('inventory')
@Controller('inventory/transfers')
export class TransfersHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /**
   * All lines or nothing; the goods leave at once unless `dispatch` is false. 409 `out-of-stock` with `short`: what `from` has and how
   * much of it is reserved; 422 `transfer-to-itself` or `unknown-location`.
   */
  @Post()
  @ApiOperation({ summary: 'Send goods from one place to another, or plan to' })
  async make(@Body() command: MakeTransfer, @Write() write: WriteRequest): Promise<Answer> {
    command.transferId = write.newId();
    return this.carryOut(command, write.at(command.happenedAt));
  }

  /** 409 `out-of-stock`, `transfer-dispatched`, `transfer-received` or `transfer-cancelled`; 404 `unknown-transfer`. */
  @Post(':id/dispatch')
  @ApiOperation({ summary: 'Send the goods of a planned transfer' })
  async dispatch(@Param('id') id: string, @Body() command: DispatchTransfer, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(command, { transferId: id }), write.at(command.happenedAt));
  }

  /**
   * As often as goods come in. What is missing stays in transit or, with `lostReason`, is lost and counted as such. 409
   * `more-than-in-transit` with `lines`, `transfer-not-dispatched`, `transfer-received` or `transfer-cancelled`; 422
   * `nothing-received` or `received-before-sent`; 404 `unknown-transfer`.
   */
  @Post(':id/receipts')
  @ApiOperation({ summary: 'Book in what came of a transfer, and give up on what will not come' })
  async receive(@Param('id') id: string, @Body() command: ReceiveTransfer, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(command, { transferId: id }), write.at(command.happenedAt));
  }

  /** 409 `transfer-dispatched`, `transfer-received` or `transfer-cancelled`; 404 `unknown-transfer`. */
  @Post(':id/cancel')
  @ApiOperation({ summary: 'Call a transfer off before its goods leave' })
  async cancel(@Param('id') id: string, @Body() command: CancelTransfer, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(command, { transferId: id }), write);
  }

  /** By SKU what was sent, came in, was lost and is in transit. 404 `unknown-transfer`. */
  @Get(':id')
  @ApiOperation({ summary: 'One transfer' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(transfer, id);
    if (!state) throw unknownTransfer(id);
    return versioned(version, { id, ...state });
  }

  /** Oldest first; the open ones, planned and in transit, when no status is named. 400 `unknown-status`. */
  @Get()
  @ApiOperation({ summary: 'Transfers, page by page' })
  @ApiQuery({ name: 'status', required: false, enum: STATUSES })
  @ApiQuery({ name: 'from', required: false })
  @ApiQuery({ name: 'to', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async list(@Query() query: TransfersQuery): Promise<Page<TransferRow>> {
    const { after, limit, take } = pageRequest(query);
    const { from, to } = query;
    const wanted = {
      ...(query.status !== undefined && { status: statusOf(query.status) }),
      ...(from && { from }),
      ...(to && { to }),
    };
    const rows = await this.queries.execute<ListTransfers, TransferRow[]>(new ListTransfers(wanted, timeKey(after), take));
    return pageOf(rows, limit, ({ begunAt, id }) => [begunAt, id]);
  }

  private async carryOut(command: { transferId: string }, write: WriteRequest): Promise<Answer> {
    const outcome = await dispatch<Transfer>(this.commands, command, write);
    return written(outcome, { id: command.transferId, ...outcome.state });
  }
}

function statusOf(text: string): TransferStatus {
  const found = STATUSES.find((status) => status === text);
  if (found) return found;
  const remedy = `Name one of ${STATUSES.join(', ')}, or leave status out for those that are open.`;
  throw invalidInput('unknown-status', `There is no status "${text.slice(0, 40)}".`, remedy);
}
