import { Module } from '@nestjs/common';
import { answers, eventSourced } from '#libs/eventsourcing';
import { findCustomer, FindCustomer, customerView } from './customers/customer.view';
import { CustomersHttp } from './customers/customers.http';
import { erasureView } from './customers/erasure.view';
import { FreshnessHttp } from './freshness/freshness.http';
import { Freshness } from './freshness/freshness.provider';
import { listPlaces, ListPlaces, locationView } from './locations/location.view';
import { MIGRATIONS } from './migrations/in-order';
import { findOrder, FindOrder, listOrders, ListOrders } from './orders/find-orders.view';
import { orderBookView } from './orders/order-book.view';
import { orderLinesView } from './orders/order-lines.view';
import { OrdersHttp } from './orders/orders.http';
import { SalesHttp } from './sales/sales.http';
import { salesView, sumUpSales, SumUpSales } from './sales/sales.view';
import { StockHttp } from './stock/stock.http';
import { findStock, FindStock, listStock, ListStock, stockView, sumUpStock, SumUpStock } from './stock/stock.view';
import { WallHttp } from './wall/wall.http';

@Module(
  eventSourced({
    service: 'unified-view',
    migrations: MIGRATIONS,
    views: [salesView, orderBookView, orderLinesView, stockView, customerView, erasureView, locationView],
    queries: [
      answers(SumUpSales, sumUpSales),
      answers(FindOrder, findOrder),
      answers(ListOrders, listOrders),
      answers(FindStock, findStock),
      answers(ListStock, listStock),
      answers(SumUpStock, sumUpStock),
      answers(FindCustomer, findCustomer),
      answers(ListPlaces, listPlaces),
    ],
    controllers: [SalesHttp, OrdersHttp, StockHttp, CustomersHttp, FreshnessHttp, WallHttp],
    providers: [Freshness],
  }),
)
export class UnifiedViewModule {}
