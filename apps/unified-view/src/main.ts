import { bootstrap } from '#libs/platform';
import { UnifiedViewModule } from './unified-view.module';

void bootstrap(UnifiedViewModule, 'unified-view');
