import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { instantIn, invalidInput } from '#libs/platform';
import { summaryOf, type SalesSum, type SalesSummary } from './sales-summary';
import { SumUpSales } from './sales.view';

interface SummaryQuery {
  from?: string;
  to?: string;
  asOf?: string;
  currency?: string;
}

@ApiTags('unified-view')
@Controller('unified-view/sales')
export class SalesHttp {
  constructor(private readonly queries: QueryBus) {}

  /**
   * What happened from `from` until before `to`, as far as the books knew it at `asOf`: dates or instants, UTC; a date is its first
   * moment. Money is in minor units of `currency`, or of the currency with most documents. 400 `invalid-time`, `invalid-currency`.
   */
  @Get('summary')
  @ApiOperation({ summary: 'What every channel sold and took back, by kind' })
  async summary(@Query() { from, to, asOf, currency }: SummaryQuery): Promise<SalesSummary> {
    if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) throw invalidCurrency(currency);
    const period = { ...instant('from', from), ...instant('to', to), ...instant('asOf', asOf) };
    return summaryOf(await this.queries.execute<SumUpSales, SalesSum[]>(new SumUpSales(period)), currency);
  }
}

/** A moment of the query, if it is there. */
function instant<K extends string>(name: K, text: string | undefined): Partial<Record<K, string>> {
  return text === undefined ? {} : ({ [name]: instantIn(name, text) } as Partial<Record<K, string>>);
}

function invalidCurrency(text: string): Error {
  return invalidInput(
    'invalid-currency',
    `The currency is "${text.slice(0, 40)}".`,
    'Send an ISO 4217 code like CNY, or leave currency out for the one with most documents.',
  );
}
