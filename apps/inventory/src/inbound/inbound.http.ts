import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { byPlace, type Inbound, type InboundAt } from './inbound';
import { FindInbound } from './inbound.view';

interface InboundOfSku {
  sku: string;
  inbound: number;
  inTransit: number;
  byLocation: InboundAt[];
}

@ApiTags('inventory')
@Controller('inventory/inbound')
export class InboundHttp {
  constructor(private readonly queries: QueryBus) {}

  /**
   * What purchase orders still expect and what transfers have under way, place by place, document by document with its date
   * (`expectedAt`; null where nobody named one). Planned transfers are not inbound: nothing has left. Empty for a SKU that nobody waits for.
   */
  @Get(':sku')
  @ApiOperation({ summary: 'What is still to come of a SKU, where, when, and on which document' })
  @ApiQuery({ name: 'location', required: false })
  async find(@Param('sku') sku: string, @Query() { location }: { location?: string }): Promise<InboundOfSku> {
    const found = await this.queries.execute<FindInbound, Inbound[]>(new FindInbound(sku, location));
    const byLocation = byPlace(found);
    const sum = (of: 'inbound' | 'inTransit'): number => byLocation.reduce((total, place) => total + place[of], 0);
    return { sku, inbound: sum('inbound'), inTransit: sum('inTransit'), byLocation };
  }
}
