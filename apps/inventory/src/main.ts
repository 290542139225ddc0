import { bootstrap } from '#libs/platform';
import { InventoryModule } from './inventory.module';

void bootstrap(InventoryModule, 'inventory');
