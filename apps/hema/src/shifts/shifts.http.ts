import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { CloseShift } from './close-shift';
import { OpenShift } from './open-shift';
import { shift, unknownShift, type Shift } from './shift';

/** A shift without what only its till has to know. */
function resource(id: string, state: Shift): object {
  if (!state) throw unknownShift(id, 'not-found');
  const { last: _, ...facts } = state;
  return { id, ...facts };
}

@ApiTags('hema')
@Controller('hema/shifts')
export class ShiftsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /** 409 `shift-id-taken` when another shift has the id that the till chose. */
  @Post()
  @ApiOperation({ summary: 'Open a till for a cashier' })
  async open(@Body() command: OpenShift, @Write() write: WriteRequest): Promise<Answer> {
    command.shiftId ||= write.newId();
    const outcome = await dispatch<Shift>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, resource(command.shiftId, outcome.state));
  }

  /** 409 `shift-closed` when it was closed with another count. */
  @Post(':id/close')
  @ApiOperation({ summary: 'Count the drawer and end the shift' })
  async close(@Param('id') id: string, @Body() command: CloseShift, @Write() write: WriteRequest): Promise<Answer> {
    command.shiftId = id;
    const outcome = await dispatch<Shift>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, resource(id, outcome.state));
  }

  /** 404 `unknown-shift` when it was never opened. */
  @Get(':id')
  @ApiOperation({ summary: 'One shift: its counters, and the count of its drawer once it is closed' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(shift, id);
    return versioned(version, resource(id, state));
  }
}
