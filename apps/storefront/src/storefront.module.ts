import { Module } from '@nestjs/common';
import { answers, eventSourced, handles, spans, Streams, type Resolve } from '#libs/eventsourcing';
import { NeedsKeys } from '#libs/platform';
import { CatalogHttp } from './catalog/catalog.http';
import { ListProduct, listProduct } from './catalog/list-product';
import { product } from './catalog/product';
import { listProducts, ListProducts, productView } from './catalog/product.view';
import { ConfirmErasure, confirmErasure } from './customers/confirm-erasure';
import { customer } from './customers/customer';
import { CustomersHttp } from './customers/customers.http';
import { EraseCustomer, eraseCustomer } from './customers/erase-customer';
import { erasuresDestroyKeys } from './customers/erasures.process';
import { destroyed, keysNow } from './customers/keys.provider';
import { CreateStorefrontViews1700000000001 } from './migrations/1700000000001-create-storefront-views';
import { ListBundles1700000000002 } from './migrations/1700000000002-list-bundles';
import { allocationsDecideOrders } from './orders/allocations.process';
import { CancelOrder, cancelOrder } from './orders/cancel-order';
import { CompleteCancellation, completeCancellation } from './orders/complete-cancellation';
import { ConfirmOrder, confirmOrder } from './orders/confirm-order';
import { DeclineCancellation, declineCancellation } from './orders/decline-cancellation';
import { order } from './orders/order';
import { listOrders, ListOrders, orderView } from './orders/order.view';
import { OrdersHttp } from './orders/orders.http';
import { paymentsDecideOrders } from './orders/payments.process';
import { PlaceOrder, placeOrder } from './orders/place-order';
import { RecordAllocation, recordAllocation } from './orders/record-allocation';
import { RecordDelivery, recordDelivery } from './orders/record-delivery';
import { RecordPayment, recordPayment } from './orders/record-payment';
import { RecordRelocation, recordRelocation } from './orders/record-relocation';
import { RecordShipment, recordShipment } from './orders/record-shipment';
import { RejectOrder, rejectOrder } from './orders/reject-order';
import { shipmentsMoveOrders } from './orders/shipments.process';
import { AcceptReturn, acceptReturn, returnStreams } from './returns/accept-return';
import { ReturnsHttp } from './returns/returns.http';

const itsOrder = ({ orderId }: { orderId: string }): string => orderId;

/** Which of the components of a product are bundles. */
async function bundlesAmong({ components = [] }: ListProduct, get: Resolve): Promise<string[]> {
  const known = await Promise.all(components.map(({ sku }) => get(Streams).read(product, sku)));
  return components.filter((_, n) => known[n]?.state?.components).map(({ sku }) => sku);
}

@Module(
  eventSourced({
    service: 'storefront',
    migrations: [CreateStorefrontViews1700000000001, ListBundles1700000000002],
    commands: [
      handles(product, ListProduct, { given: bundlesAmong, decide: listProduct }, (c) => c.sku),
      spans(PlaceOrder, placeOrder, ({ orderId, lines }) => [
        { aggregate: order, id: orderId, begins: true },
        ...lines.map(({ sku }) => ({ aggregate: product, id: sku })),
      ]),
      handles(order, RecordAllocation, recordAllocation, itsOrder),
      handles(order, RecordRelocation, recordRelocation, itsOrder),
      handles(order, ConfirmOrder, confirmOrder, itsOrder),
      handles(order, RejectOrder, rejectOrder, itsOrder),
      handles(order, CancelOrder, cancelOrder, itsOrder),
      handles(order, CompleteCancellation, completeCancellation, itsOrder),
      handles(order, DeclineCancellation, declineCancellation, itsOrder),
      handles(order, RecordShipment, recordShipment, itsOrder),
      handles(order, RecordPayment, recordPayment, itsOrder),
      handles(order, RecordDelivery, recordDelivery, itsOrder),
      spans(AcceptReturn, acceptReturn, returnStreams),
      handles(customer, EraseCustomer, { given: keysNow, decide: eraseCustomer }, (c) => c.customer),
      handles(customer, ConfirmErasure, { given: destroyed, decide: confirmErasure }, (c) => c.customer),
    ],
    views: [productView, orderView],
    processes: [allocationsDecideOrders, paymentsDecideOrders, shipmentsMoveOrders, erasuresDestroyKeys],
    queries: [answers(ListProducts, listProducts), answers(ListOrders, listOrders)],
    controllers: [CatalogHttp, OrdersHttp, ReturnsHttp, CustomersHttp],
    providers: [NeedsKeys],
  }),
)
export class StorefrontModule {}
