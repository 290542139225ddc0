import { Module } from '@nestjs/common';
import { answers, begins, eventSourced, handles } from '#libs/eventsourcing';
import { NeedsKeys } from '#libs/platform';
import { CreateFulfillmentViews1700000000001 } from './migrations/1700000000001-create-fulfillment-views';
import { SealDelivery1700000000002 } from './migrations/1700000000002-seal-delivery';
import { PackAtSeveralPlaces1700000000003 } from './migrations/1700000000003-pack-at-several-places';
import { CancelShipment, cancelShipment } from './shipments/cancel-shipment';
import { CreateShipment, createShipment } from './shipments/create-shipment';
import { DeliverShipment, deliverShipment } from './shipments/deliver-shipment';
import { MoveShipment, moveShipment } from './shipments/move-shipment';
import { ordersBecomeShipments } from './shipments/orders.process';
import { shipment } from './shipments/shipment';
import { listShipments, ListShipments, shipmentView } from './shipments/shipment.view';
import { ShipmentsHttp } from './shipments/shipments.http';
import { ShipShipment, shipShipment } from './shipments/ship-shipment';

@Module(
  eventSourced({
    service: 'fulfillment',
    migrations: [CreateFulfillmentViews1700000000001, SealDelivery1700000000002, PackAtSeveralPlaces1700000000003],
    commands: [
      begins(handles(shipment, CreateShipment, createShipment, (c) => c.orderId)),
      handles(shipment, MoveShipment, moveShipment, (c) => c.shipmentId),
      handles(shipment, ShipShipment, shipShipment, (c) => c.shipmentId),
      handles(shipment, DeliverShipment, deliverShipment, (c) => c.shipmentId),
      handles(shipment, CancelShipment, cancelShipment, (c) => c.shipmentId),
    ],
    views: [shipmentView],
    processes: [ordersBecomeShipments],
    queries: [answers(ListShipments, listShipments)],
    controllers: [ShipmentsHttp],
    providers: [NeedsKeys],
  }),
)
export class FulfillmentModule {}
