import { CreateUnifiedViews1700000000001 } from './1700000000001-create-unified-views';
import { CreateErasures1700000000002 } from './1700000000002-create-erasures';
import { ShowWhatIsInTransit1700000000011 } from './1700000000011-show-what-is-in-transit';
import { ShowWhatIsKeptFromSale1700000000013 } from './1700000000013-show-what-is-kept-from-sale';

/** What makes the tables of the views, in the order in which it runs. */
export const MIGRATIONS = [
  CreateUnifiedViews1700000000001,
  CreateErasures1700000000002,
  ShowWhatIsInTransit1700000000011,
  ShowWhatIsKeptFromSale1700000000013,
];
