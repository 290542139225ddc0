import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { pageOf, pageRequest, type Page } from '#libs/platform';
import { ListDiscrepancies, type DiscrepancyRow } from './discrepancy.view';

type Discrepancy = Omit<DiscrepancyRow, 'resolvedBy'>;

@ApiTags('inventory')
@Controller('inventory/discrepancies')
export class DiscrepanciesHttp {
  constructor(private readonly queries: QueryBus) {}

  /**
   * Where tills sold more than the books had: which sale brought it to light, when, and what the books had then. A count at the place
   * (`POST /inventory/counts`) puts the books right and takes it off the list.
   */
  @Get()
  @ApiOperation({ summary: 'Where the books and the shelves do not agree, page by page' })
  @ApiQuery({ name: 'location', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async list(@Query() query: { location?: string; cursor?: string; limit?: string }): Promise<Page<Discrepancy>> {
    const { after = ['', ''], limit, take } = pageRequest(query);
    const wanted = new ListDiscrepancies(query.location, [String(after[0] ?? ''), String(after[1] ?? '')], take);
    const rows = await this.queries.execute<ListDiscrepancies, DiscrepancyRow[]>(wanted);
    const { items, next } = pageOf(rows, limit, ({ location, sku }) => [location, sku]);
    return { items: items.map(({ resolvedBy: _, ...row }) => row), next };
  }
}
