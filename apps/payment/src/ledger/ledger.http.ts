import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { AdjustLedger } from './adjust-ledger';
import { ledger, unknownAdjustment, type LedgerAdjustment } from './ledger';

function resource(id: string, state: LedgerAdjustment): object {
  if (!state) throw unknownAdjustment(id);
  const { reason, lines, totals } = state;
  return { id, reason, lines, totalMinor: totals.amountMinor, currency: totals.currency };
}

@ApiTags('payment')
@Controller('payment/ledger-adjustments')
export class LedgerHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /** Amounts are signed: below zero is money that the shop lost or gave. 422 `currency-mismatch` or `amount-too-large`. */
  @Post()
  @ApiOperation({ summary: 'Correct the books by money that no goods stand for' })
  async adjust(@Body() command: AdjustLedger, @Write() write: WriteRequest): Promise<Answer> {
    command.adjustmentId = write.newId();
    const outcome = await dispatch<LedgerAdjustment>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, resource(command.adjustmentId, outcome.state));
  }

  /** 404 `unknown-ledger-adjustment` when nobody made it. */
  @Get(':id')
  @ApiOperation({ summary: 'One correction of the books' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(ledger, id);
    return versioned(version, resource(id, state));
  }
}
