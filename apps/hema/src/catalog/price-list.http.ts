import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FindPrice } from './price-list.view';
import { unknownSku, type Listed } from './product';

@ApiTags('hema')
@Controller('hema/price-list')
export class PriceListHttp {
  constructor(private readonly queries: QueryBus) {}

  /** 404 `unknown-sku` when it is not listed. */
  @Get(':sku')
  @ApiOperation({ summary: 'What a product costs at the tills' })
  async find(@Param('sku') sku: string): Promise<Listed> {
    const found = await this.queries.execute<FindPrice, Listed | null>(new FindPrice(sku));
    if (!found) throw unknownSku(sku, 'not-found');
    return found;
  }
}
