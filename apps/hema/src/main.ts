import { bootstrap } from '#libs/platform';
import { HemaModule } from './hema.module';

void bootstrap(HemaModule, 'hema');
