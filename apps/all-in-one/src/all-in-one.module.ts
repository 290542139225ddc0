import { Module } from '@nestjs/common';
import { FulfillmentModule } from '../../fulfillment/src/fulfillment.module';
import { HemaModule } from '../../hema/src/hema.module';
import { InventoryModule } from '../../inventory/src/inventory.module';
import { LingshoutongModule } from '../../lingshoutong/src/lingshoutong.module';
import { PaymentModule } from '../../payment/src/payment.module';
import { StorefrontModule } from '../../storefront/src/storefront.module';
import { UnifiedViewModule } from '../../unified-view/src/unified-view.module';
import { WallModule } from '../../wall/src/wall.module';

/** The whole system in one process: every service keeps its own schema, log and topic, and they share events as ever. */
@Module({
  imports: [
    StorefrontModule,
    HemaModule,
    LingshoutongModule,
    InventoryModule,
    PaymentModule,
    FulfillmentModule,
    UnifiedViewModule,
    WallModule,
  ],
})
export class AllInOneModule {}
