import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { pageOf, pageRequest, type Page } from '#libs/platform';
import { dayAt, numberOf, type Day } from './business-day';
import { NOWHERE } from './daily-demand';
import { FindDemand, ListDemandedSkus } from './daily-demand.view';
import type { DemandPattern } from './demand-class';
import { MEMORY_DAYS, pastsByArea, rhythmsByArea, type RecordedDemand, type TradedDay } from './demand-history';
import { forecastDemand, type Past } from './forecast';
import type { Method } from './methods';
import { numberIn } from './query-parameters.http';
import type { Supply } from './reorder-point';
import { replenish, type Replenishment, type StockPosition } from './replenishment';
import { FindStockPositions } from './stock-position.view';
import { FindLastRecordedDay, FindTradingDays } from './trading-day.view';

interface SkuForecast {
  sku: string;
  /** The last day that is on record, from which it looks ahead; null while none is. */
  through: Day | null;
  units: number;
  byArea: { area: string; pattern: DemandPattern; method: Method; units: number; days: { day: Day; units: number }[] }[];
}

interface Asked {
  serviceLevel?: string;
  leadTimeDays?: string;
  leadTimeDeviation?: string;
  reviewDays?: string;
  cursor?: string;
  limit?: string;
}

@ApiTags('inventory')
@Controller('inventory')
export class ReplenishmentHttp {
  constructor(private readonly queries: QueryBus) {}

  /** For `days` days (1 to 90, 14 when absent) after the last that is on record. Empty while nobody has asked for the SKU. */
  @Get('forecast/:sku')
  @ApiOperation({ summary: 'What will be asked of a SKU, by area and day, and how that was found' })
  async forecast(@Param('sku') sku: string, @Query() query: { days?: string }): Promise<SkuForecast> {
    const count = numberIn('days', query.days, { least: 1, most: 90, usual: 14, whole: true });
    const { through, pasts } = await this.known([sku]);
    const byArea = [...(pasts.get(sku) ?? [])].map(([area, past]) => {
      const { pattern, method, units } = forecastDemand(past, count);
      const days = units.map((expected, n) => ({ day: dayAt(past.rhythm.through + 1 + n), units: expected }));
      return { area, pattern, method, units: units.reduce((sum, expected) => sum + expected, 0), days };
    });
    return { sku, through: through ?? null, units: byArea.reduce((sum, { units }) => sum + units, 0), byArea };
  }

  /**
   * What should be moved from where it lies to where it is asked for, and what should be bought, each with its reason. What is on its
   * way counts as if it were there, so that nothing is suggested twice; `make` of a transfer is what `POST /inventory/transfers` takes.
   * Goes through the SKUs that were ever asked for in their order, page by page; one that lacks nothing is left out, so that a page
   * may be short before the end. `serviceLevel` 0.5 to 0.9999 (0.95), `leadTimeDays` (3), `leadTimeDeviation` (1), `reviewDays` (7).
   */
  @Get('replenishment')
  @ApiOperation({ summary: 'Suggested transfers and purchases, SKU by SKU, with reasons' })
  async replenishment(@Query() query: Asked): Promise<Page<Replenishment>> {
    const supply = supplyIn(query);
    const { after, limit, take } = pageRequest(query);
    const skus = await this.queries.execute<ListDemandedSkus, string[]>(new ListDemandedSkus(String(after?.[0] ?? ''), take));
    const { items, next } = pageOf(skus, limit, (sku) => [sku]);
    const { pasts } = await this.known(items);
    const found = await this.queries.execute<FindStockPositions, StockPosition[]>(new FindStockPositions(items));
    const plans = items.map((sku) => {
      const positions = found.filter((position) => position.sku === sku);
      return replenish(sku, { positions, pasts: pasts.get(sku) ?? new Map<string, Past>(), supply });
    });
    return { items: plans.filter(({ transfers, purchases }) => transfers.length + purchases.length > 0), next };
  }

  /** What each area knows of each SKU, from the days on record. */
  private async known(skus: readonly string[]): Promise<{ through: Day | undefined; pasts: Map<string, Map<string, Past>> }> {
    const through = await this.queries.execute<FindLastRecordedDay, Day | undefined>(new FindLastRecordedDay());
    if (through === undefined) return { through, pasts: new Map() };
    const from = dayAt(numberOf(through) - MEMORY_DAYS + 1);
    const traded = await this.queries.execute<FindTradingDays, TradedDay[]>(new FindTradingDays(from));
    const demand = await this.queries.execute<FindDemand, RecordedDemand[]>(new FindDemand(skus, from, through));
    const rhythms = rhythmsByArea(
      traded.filter(({ area }) => area !== NOWHERE),
      through,
    );
    const pasts = skus.map((sku) => {
      const own = demand.filter((row) => row.sku === sku);
      return [sku, pastsByArea(own, rhythms)] as const;
    });
    return { through, pasts: new Map(pasts) };
  }
}

function supplyIn(query: Asked): Supply {
  const days = { least: 0, most: 365 };
  return {
    serviceLevel: numberIn('serviceLevel', query.serviceLevel, { least: 0.5, most: 0.9999, usual: 0.95 }),
    leadTimeDays: numberIn('leadTimeDays', query.leadTimeDays, { ...days, usual: 3 }),
    leadTimeDeviation: numberIn('leadTimeDeviation', query.leadTimeDeviation, { ...days, usual: 1 }),
    reviewDays: numberIn('reviewDays', query.reviewDays, { ...days, usual: 7 }),
  };
}
