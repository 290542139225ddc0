import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { breachesOf, total, type Account, type Breach } from './conservation';
import { ConservationWatch, type WatchReport } from './conservation-watch.timer';
import { due, NO_FLOWS, type Due, type Flows } from './flows';
import { FindAccounts, type SkuAccounts } from './stock-flow.view';

/** Where every unit has gone, and what is left by that. */
type Statement = Flows & { due: Due };

interface AccountOfSku {
  sku: string;
  ok: boolean;
  total: Statement;
  byLocation: ({ location: string; booked: Due | null } & Statement)[];
  breaches: Breach[];
}

@ApiTags('inventory')
@Controller('inventory/conservation')
export class ConservationHttp {
  constructor(
    private readonly watch: ConservationWatch,
    private readonly queries: QueryBus,
  ) {}

  /**
   * What the watch of this instance has found: the last round over all SKUs, how far it is in the present one, and every place where
   * movements and books differ. `ok` is false as soon as there is one.
   */
  @Get()
  @ApiOperation({ summary: 'Whether every unit that ever came in is sold, lost, on hand or in transit' })
  state(): { ok: boolean } & WatchReport {
    const report = this.watch.report();
    return { ok: report.breaches.length === 0, ...report };
  }

  /** All zero for a SKU that no place has carried. Looked up now; views may be some events behind the log. */
  @Get(':sku')
  @ApiOperation({ summary: 'What became of every unit of a SKU, in all and by location, beside what the books have' })
  async ofSku(@Param('sku') sku: string): Promise<AccountOfSku> {
    const [found] = await this.queries.execute<FindAccounts, SkuAccounts[]>(new FindAccounts([sku]));
    const accounts = found?.accounts ?? [];
    const breaches = breachesOf(sku, accounts);
    return { sku, ok: breaches.length === 0, total: stated(total(accounts)), byLocation: accounts.map(placed), breaches };
  }
}

const stated = (flows: Flows): Statement => ({ ...flows, due: due(flows) });

const placed = ({ location, flows, books }: Account): AccountOfSku['byLocation'][number] => ({
  location,
  ...stated(flows ?? { ...NO_FLOWS }),
  booked: books ?? null,
});
