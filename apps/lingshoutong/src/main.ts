import { bootstrap } from '#libs/platform';
import { LingshoutongModule } from './lingshoutong.module';

void bootstrap(LingshoutongModule, 'lingshoutong');
