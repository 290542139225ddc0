import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Consumers, dispatch } from '#libs/eventsourcing';
import { Write, written, type Answer, type WriteRequest } from '#libs/platform';
import type { Shift } from '../shifts/shift';
import { documentOf, FindDocument, type DocumentRow } from './document.view';
import { RecordReturn, unknownSale } from './record-return';
import { RecordSale } from './record-sale';

const PATIENCE_MS = 5000;

@ApiTags('hema')
@Controller('hema')
export class SalesHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly consumers: Consumers,
  ) {}

  /** Answers with the sale and its number in the shift; `version` is that of the shift. */
  @Post('sales')
  @ApiOperation({ summary: 'Record a sale over the counter' })
  sell(@Body() command: RecordSale, @Write() write: WriteRequest): Promise<Answer> {
    command.saleId = write.newId();
    return this.record(command, write.at(command.happenedAt), new FindDocument('sale', command.saleId));
  }

  /** Answers with the return and its number in the shift; `version` is that of the shift. */
  @Post('returns')
  @ApiOperation({ summary: 'Record goods that came back over the counter' })
  takeBack(@Body() command: RecordReturn, @Write() write: WriteRequest): Promise<Answer> {
    command.returnId = write.newId();
    return this.record(command, write.at(command.happenedAt), new FindDocument('return', command.returnId));
  }

  /** From a view: bring the `position` of the write as After-Position to be sure to find it. */
  @Get('sales/:id')
  @ApiOperation({ summary: 'One sale' })
  sale(@Param('id') id: string): Promise<DocumentRow> {
    return this.find(new FindDocument('sale', id));
  }

  /** From a view: bring the `position` of the write as After-Position to be sure to find it. */
  @Get('returns/:id')
  @ApiOperation({ summary: 'One return' })
  return(@Param('id') id: string): Promise<DocumentRow> {
    return this.find(new FindDocument('return', id));
  }

  private async record(command: object, write: WriteRequest, which: FindDocument): Promise<Answer> {
    const outcome = await dispatch<Shift>(this.commands, command, write);
    const { state, duplicate } = outcome;
    // The shift knows its last document. A repeated request is about an earlier one, which the view knows.
    if (!duplicate && state?.last) return written(outcome, { ...documentOf(state.last), happenedAt: write.now }, 201);
    await this.consumers.caughtUp(PATIENCE_MS);
    return written(outcome, await this.find(which));
  }

  private async find(which: FindDocument): Promise<DocumentRow> {
    const found = await this.queries.execute<FindDocument, DocumentRow | null>(which);
    if (!found) throw unknownSale(which.id, 'not-found');
    return found;
  }
}
