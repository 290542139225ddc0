import { stockedLines, type OrderEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { AllocateOrder } from './allocate-order';
import { HoldNearby } from './hold-nearby';
import { ReleaseReservation } from './release-reservation';

const release = (orderId: string): ReleaseReservation => Object.assign(new ReleaseReservation(), { orderId });

/** An online order gets its goods held when it is placed, and lets them go when it ends without a sale. */
export const onlineOrdersHoldStock = processOf<OrderEvents>()({
  name: 'online-orders-hold-stock',
  sources: ['storefront'],
  on: {
    OrderPlaced: ({ data: { orderId, lines, deliverTo } }) => {
      const order = { orderId, demand: 'online-order' as const, lines: stockedLines(lines), deliverTo };
      return [Object.assign(new HoldNearby(), order), Object.assign(new AllocateOrder(), order)];
    },
    // What was refused for want of stock holds none.
    OrderRejected: ({ data: { orderId, reason } }) => (reason === 'out-of-stock' ? [] : [release(orderId)]),
    OrderCancelled: ({ data: { orderId } }) => [release(orderId)],
  },
});
