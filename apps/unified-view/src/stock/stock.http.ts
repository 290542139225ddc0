import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { pageOf, pageRequest, type Page } from '#libs/platform';
import { everywhere, unitsOf, type StockEverywhere, type StockUnits } from './stock-units';
import { FindStock, ListStock, SumUpStock, type StockRow, type StockSum } from './stock.view';

@ApiTags('unified-view')
@Controller('unified-view/stock')
export class StockHttp {
  constructor(private readonly queries: QueryBus) {}

  /** `netChange` is what trade and corrections did: everything but goods that were received. */
  @Get('summary')
  @ApiOperation({ summary: 'What there is of everything, everywhere' })
  async summary(): Promise<StockSum & { available: number }> {
    const sum = await this.queries.execute<SumUpStock, StockSum>(new SumUpStock());
    return { ...sum, available: sum.onHand - sum.reserved };
  }

  /** All zero for a SKU that no place has carried. */
  @Get(':sku')
  @ApiOperation({ summary: 'How much of a SKU is on hand, reserved and available, in all and by location' })
  async find(@Param('sku') sku: string): Promise<StockEverywhere> {
    return everywhere(sku, await this.queries.execute<FindStock, StockRow[]>(new FindStock(sku)));
  }

  /** In order of SKU and location. */
  @Get()
  @ApiOperation({ summary: 'The stock of every SKU at every location, page by page' })
  async list(@Query() query: { cursor?: string; limit?: string }): Promise<Page<StockUnits & { sku: string; location: string }>> {
    const { after, limit, take } = pageRequest(query);
    const [sku, location] = [String(after?.[0] ?? ''), String(after?.[1] ?? '')];
    const rows = await this.queries.execute<ListStock, StockRow[]>(new ListStock({ sku, location }, take));
    const { items, next } = pageOf(rows, limit, (row) => [row.sku, row.location]);
    return { items: items.map((row) => ({ sku: row.sku, location: row.location, ...unitsOf(row) })), next };
  }
}
