import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { AdjustStock } from './adjust-stock';
import { adjustment, type Adjustment } from './adjustment';

@ApiTags('inventory')
@Controller('inventory/adjustments')
export class AdjustmentsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /** 422 `unknown-location` when the place is not registered. */
  @Post()
  @ApiOperation({ summary: 'Correct the books of a location after a count, a loss or a find' })
  async adjust(@Body() command: AdjustStock, @Write() write: WriteRequest): Promise<Answer> {
    command.adjustmentId = write.newId();
    const outcome = await dispatch<Adjustment>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, { id: command.adjustmentId, ...outcome.state });
  }

  /** 404 `unknown-adjustment` when there is none of this id. */
  @Get(':id')
  @ApiOperation({ summary: 'One stock adjustment' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(adjustment, id);
    if (!state) throw unknownAdjustment(id);
    return versioned(version, { id, ...state });
  }
}

function unknownAdjustment(id: string): Refusal {
  return new Refusal(
    'unknown-adjustment',
    `There is no adjustment ${id}.`,
    'Use the id that POST /inventory/adjustments answered with.',
    'not-found',
  );
}
