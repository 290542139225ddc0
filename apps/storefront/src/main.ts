import { bootstrap } from '#libs/platform';
import { StorefrontModule } from './storefront.module';

void bootstrap(StorefrontModule, 'storefront');
