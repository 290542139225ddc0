import { Module } from '@nestjs/common';
import { answers, eventSourced, handles, spans } from '#libs/eventsourcing';
import { listingFor, priceListView } from './catalog/price-list.view';
import { CreateLingshoutongViews1700000000001 } from './migrations/1700000000001-create-lingshoutong-views';
import { PriceBundles1700000000002 } from './migrations/1700000000002-price-bundles';
import { AcceptSupplyOrder, acceptSupplyOrder } from './purchasing/accept-supply-order';
import { allocationDecides } from './purchasing/allocation.process';
import { ReceiveSupplyOrder, receiveSupplyOrder } from './purchasing/receive-supply-order';
import { RejectSupplyOrder, rejectSupplyOrder } from './purchasing/reject-supply-order';
import { RelocateSupplyOrder, relocateSupplyOrder } from './purchasing/relocate-supply-order';
import { ShipSupplyOrder, shipSupplyOrder } from './purchasing/ship-supply-order';
import { SubmitSupplyOrder, submitSupplyOrder } from './purchasing/submit-supply-order';
import { supplyOrder } from './purchasing/supply-order';
import { listSupplyOrders, ListSupplyOrders, supplyOrderView } from './purchasing/supply-order.view';
import { SupplyOrdersHttp } from './purchasing/supply-orders.http';
import { RegisterShop, registerShop } from './shops/register-shop';
import { shop } from './shops/shop';
import { listShops, ListShops, shopView } from './shops/shop.view';
import { ShopsHttp } from './shops/shops.http';

@Module(
  eventSourced({
    service: 'lingshoutong',
    migrations: [CreateLingshoutongViews1700000000001, PriceBundles1700000000002],
    commands: [
      handles(shop, RegisterShop, registerShop, (c) => c.shop),
      spans(SubmitSupplyOrder, { given: listingFor, decide: submitSupplyOrder }, (c) => [
        { aggregate: supplyOrder, id: c.supplyOrderId, begins: true },
        { aggregate: shop, id: c.shop },
      ]),
      handles(supplyOrder, AcceptSupplyOrder, acceptSupplyOrder, (c) => c.supplyOrderId),
      handles(supplyOrder, RejectSupplyOrder, rejectSupplyOrder, (c) => c.supplyOrderId),
      handles(supplyOrder, RelocateSupplyOrder, relocateSupplyOrder, (c) => c.supplyOrderId),
      handles(supplyOrder, ShipSupplyOrder, shipSupplyOrder, (c) => c.supplyOrderId),
      handles(supplyOrder, ReceiveSupplyOrder, receiveSupplyOrder, (c) => c.supplyOrderId),
    ],
    views: [priceListView, shopView, supplyOrderView],
    processes: [allocationDecides],
    queries: [answers(ListShops, listShops), answers(ListSupplyOrders, listSupplyOrders)],
    controllers: [ShopsHttp, SupplyOrdersHttp],
  }),
)
export class LingshoutongModule {}
