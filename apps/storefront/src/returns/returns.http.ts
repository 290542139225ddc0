import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { dispatch, Streams } from '#libs/eventsourcing';
import { hasScope, scopeRequired, versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { AGREE_PRICES } from '../catalog/price';
import { AcceptReturn } from './accept-return';
import { goodsReturn, unknownReturn, type GoodsReturn } from './goods-return';

function resource(id: string, state: GoodsReturn): object {
  if (!state) throw unknownReturn(id);
  const { totals, ...facts } = state;
  return { id, ...facts, totalMinor: totals.amountMinor, currency: totals.currency };
}

@ApiTags('storefront')
@Controller('storefront/returns')
export class ReturnsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /**
   * The total is below zero: money that goes back. 409 `order-not-shipped` or `order-not-paid`; 422 `unknown-order`,
   * `unknown-sku`, `more-than-sold`, `customer-mismatch`, `currency-mismatch`, `price-fixed-by-order` or `amount-too-large`; a
   * `unitPrice` needs the scope `prices:agree`.
   */
  @Post()
  @ApiOperation({ summary: 'Take goods back from an online customer, with or without their order' })
  async accept(@Body() command: AcceptReturn, @Write() write: WriteRequest, @Req() request: FastifyRequest): Promise<Answer> {
    const isPriced = command.lines.some(({ unitPrice }) => unitPrice !== undefined);
    if (isPriced && !hasScope(request, AGREE_PRICES)) throw scopeRequired(AGREE_PRICES);
    const id = (command.returnId = write.newId());
    const outcome = await dispatch<GoodsReturn>(this.commands, command, write.at(command.happenedAt));
    return written(outcome, resource(id, outcome.state));
  }

  /** 404 `unknown-return` when nobody accepted it. */
  @Get(':id')
  @ApiOperation({ summary: 'One return' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(goodsReturn, id);
    return versioned(version, resource(id, state));
  }
}
