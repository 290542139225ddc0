import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
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
import { quarantine, unknownQuarantine, type Quarantine } from './quarantine';
import { QuarantineStock } from './quarantine-stock';
import { ListQuarantines, type QuarantineRow } from './quarantine.view';
import { ReleaseQuarantine, ScrapQuarantine } from './settle-quarantine';

interface QuarantinesQuery {
  location?: string;
  cursor?: string;
  limit?: string;
}

@ApiTags('inventory')
@Controller('inventory/quarantines')
export class QuarantinesHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /** All lines or nothing. 409 `out-of-stock` with `short`: what is on hand, reserved and available; 422 `unknown-location`. */
  @Post()
  @ApiOperation({ summary: 'Keep goods from sale where they are, until somebody has looked at them' })
  async open(@Body() command: QuarantineStock, @Write() write: WriteRequest): Promise<Answer> {
    command.quarantineId = write.newId();
    return this.carryOut(command, write.at(command.happenedAt));
  }

  /** All that is kept, or the lines that are named. 409 `more-than-quarantined`, `quarantine-closed`; 404 `unknown-quarantine`. */
  @Post(':id/release')
  @ApiOperation({ summary: 'Put goods back on sale' })
  async release(@Param('id') id: string, @Body() command: ReleaseQuarantine, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(command, { quarantineId: id }), write.at(command.happenedAt));
  }

  /** All that is kept, or the lines that are named. 409 `more-than-quarantined`, `quarantine-closed`; 404 `unknown-quarantine`. */
  @Post(':id/scrap')
  @ApiOperation({ summary: 'Write off what is not fit for sale' })
  async scrap(@Param('id') id: string, @Body() command: ScrapQuarantine, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(command, { quarantineId: id }), write.at(command.happenedAt));
  }

  /** By SKU what was put aside, released, scrapped and is kept. 404 `unknown-quarantine`. */
  @Get(':id')
  @ApiOperation({ summary: 'One quarantine' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(quarantine, id);
    if (!state) throw unknownQuarantine(id);
    return versioned(version, { id, ...state });
  }

  /** Oldest first: what has waited longest comes first. */
  @Get()
  @ApiOperation({ summary: 'What is kept from sale, page by page' })
  @ApiQuery({ name: 'location', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async list(@Query() query: QuarantinesQuery): Promise<Page<QuarantineRow>> {
    const { after, limit, take } = pageRequest(query);
    const wanted = new ListQuarantines(query.location, timeKey(after), take);
    const rows = await this.queries.execute<ListQuarantines, QuarantineRow[]>(wanted);
    return pageOf(rows, limit, ({ openedAt, id }) => [openedAt, id]);
  }

  private async carryOut(command: { quarantineId: string }, write: WriteRequest): Promise<Answer> {
    const outcome = await dispatch<Quarantine>(this.commands, command, write);
    return written(outcome, { id: command.quarantineId, ...outcome.state });
  }
}
