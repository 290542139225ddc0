import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { unknownRefund } from './refund';
import { FindRefund, type RefundRow } from './refund.view';

@ApiTags('payment')
@Controller('payment/refunds')
export class RefundsHttp {
  constructor(private readonly queries: QueryBus) {}

  /** From a view. 404 `unknown-refund` until the money has gone back. */
  @Get(':returnId')
  @ApiOperation({ summary: 'The money that went back for a return' })
  async find(@Param('returnId') returnId: string): Promise<RefundRow> {
    const found = await this.queries.execute<FindRefund, RefundRow | null>(new FindRefund(returnId));
    if (!found) throw unknownRefund(returnId);
    return found;
  }
}
