import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Freshness, type Bus } from '../freshness/freshness.provider';
import { ListPlaces, type StockedPlace } from '../locations/location.view';
import { ListOrders, type Booked } from '../orders/find-orders.view';
import { orderResource, type OrderResource } from '../orders/order-resource';
import { totalsByChannel, type ChannelTotal, type SalesSum } from '../sales/sales-summary';
import { SumUpSales } from '../sales/sales.view';
import { unitsOf, type StockUnits } from '../stock/stock-units';
import { SumUpStock, type StockSum } from '../stock/stock.view';

/** Everything that the live page shows. */
interface Wall {
  totalsByChannel: ChannelTotal[];
  /** The latest orders of customers and corner shops. */
  latestOrders: OrderResource[];
  stock: StockUnits & { skus: number };
  locations: StockedPlace[];
  freshness: { view: string; position: number; lag: number | null; absorbed: number }[];
  bus: Bus;
}

const LATEST = 12;
/** Orders have a life to watch; what is sold over the counter is over when it is known. */
const WITH_A_LIFE = ['storefront-order', 'lingshoutong-order'];

@ApiTags('unified-view')
@Controller('unified-view/wall')
export class WallHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly freshness: Freshness,
  ) {}

  /** In one answer, so that a page can ask once a second. */
  @Get()
  @ApiOperation({ summary: 'What the live page shows: sales, latest orders, stock, places and freshness' })
  async look(): Promise<Wall> {
    const [sales, orders, stock, locations, views] = await Promise.all([
      this.queries.execute<SumUpSales, SalesSum[]>(new SumUpSales()),
      this.queries.execute<ListOrders, Booked[]>(new ListOrders({ kinds: WITH_A_LIFE }, LATEST)),
      this.queries.execute<SumUpStock, StockSum>(new SumUpStock()),
      this.queries.execute<ListPlaces, StockedPlace[]>(new ListPlaces()),
      this.freshness.views(),
    ]);
    return {
      totalsByChannel: totalsByChannel(sales),
      latestOrders: orders.map((row) => orderResource(row.id, row)),
      stock: { skus: stock.skus, ...unitsOf(stock) },
      locations,
      freshness: views.map(({ name: view, position, lag, absorbed }) => ({ view, position, lag, absorbed })),
      bus: this.freshness.bus(),
    };
  }
}
