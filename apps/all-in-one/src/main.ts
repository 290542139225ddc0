import { bootstrap } from '#libs/platform';
import { AllInOneModule } from './all-in-one.module';

void bootstrap(AllInOneModule, 'all-in-one');
