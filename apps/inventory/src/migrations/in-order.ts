import { CreateInventoryViews1700000000001 } from './1700000000001-create-inventory-views';
import { CreateDemandViews1700000000002 } from './1700000000002-create-demand-views';
import { DescribeLocations1700000000003 } from './1700000000003-describe-locations';
import { CreateBundles1700000000006 } from './1700000000006-create-bundles';
import { PromiseByChannel1700000000007 } from './1700000000007-promise-by-channel';
import { ListDiscrepancies1700000000008 } from './1700000000008-list-discrepancies';
import { CountOpenOrders1700000000009 } from './1700000000009-count-open-orders';
import { FollowTransfers1700000000011 } from './1700000000011-follow-transfers';
import { ExpectGoods1700000000012 } from './1700000000012-expect-goods';
import { KeepFromSale1700000000013 } from './1700000000013-keep-from-sale';
import { FollowLots1700000000014 } from './1700000000014-follow-lots';
import { FollowFlows1700000000015 } from './1700000000015-follow-flows';

/** What makes the tables of the views, in the order in which it runs. */
export const MIGRATIONS = [
  CreateInventoryViews1700000000001,
  CreateDemandViews1700000000002,
  DescribeLocations1700000000003,
  CreateBundles1700000000006,
  PromiseByChannel1700000000007,
  ListDiscrepancies1700000000008,
  CountOpenOrders1700000000009,
  FollowTransfers1700000000011,
  ExpectGoods1700000000012,
  KeepFromSale1700000000013,
  FollowLots1700000000014,
  FollowFlows1700000000015,
];
