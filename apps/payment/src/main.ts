import { bootstrap } from '#libs/platform';
import { PaymentModule } from './payment.module';

void bootstrap(PaymentModule, 'payment');
