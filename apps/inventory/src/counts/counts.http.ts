import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { count, type Count } from './count';
import { RecordCount } from './record-count';

@ApiTags('inventory')
@Controller('inventory/counts')
export class CountsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /**
   * A blind count: what was found, SKU by SKU. The answer says what the books had (`expected`) and the `variance`, by which they are put
   * right. With `happenedAt` it is held against the books of that moment, so that sales since then are no variance. 422
   * `unknown-location` when the place is not registered.
   */
  @Post()
  @ApiOperation({ summary: 'Say what was counted at a location, and put the books right' })
  async record(@Body() command: RecordCount, @Write() write: WriteRequest): Promise<Answer> {
    command.countId = write.newId();
    const outcome = await dispatch<Count>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, { id: command.countId, ...outcome.state });
  }

  /** 404 `unknown-count` when there is none of this id. */
  @Get(':id')
  @ApiOperation({ summary: 'One count, with what the books had and the variance' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(count, id);
    if (!state) throw unknownCount(id);
    return versioned(version, { id, ...state });
  }
}

function unknownCount(id: string): Refusal {
  const remedy = 'Use the id that POST /inventory/counts answered with.';
  return new Refusal('unknown-count', `There is no count ${id}.`, remedy, 'not-found');
}
