import { bootstrap } from '#libs/platform';
import { FulfillmentModule } from './fulfillment.module';

void bootstrap(FulfillmentModule, 'fulfillment');
