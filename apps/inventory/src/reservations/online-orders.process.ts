import { stockedLines, type OrderEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { AllocateOrder } from './allocate-order';
import { ClaimReservation } from './claim-reservation';
import { HoldNearby } from './hold-nearby';
import { ReleaseReservation } from './release-reservation';

const release = (orderId: string): ReleaseReservation => Object.assign(new ReleaseReservation(), { orderId });

const claim = (reservationId: string, { orderId, lines, deliverTo }: Omit<ClaimReservation, 'reservationId'>): ClaimReservation =>
  Object.assign(new ClaimReservation(), { orderId, reservationId, lines, deliverTo });

/** An online order gets its goods held when it is placed, and lets them go when it ends without a sale. */
export const onlineOrdersHoldStock = processOf<OrderEvents>()({
  name: 'online-orders-hold-stock',
  sources: ['storefront'],
  on: {
    OrderPlaced: ({ data: { orderId, lines, deliverTo, reservationId, service, placedAt: at } }) => {
      const how = service && { service, at };
      const order = { orderId, demand: 'online-order' as const, lines: stockedLines(lines), deliverTo, ...how };
      const allocation = [Object.assign(new HoldNearby(), order), Object.assign(new AllocateOrder(), order)];
      return reservationId === undefined ? allocation : [claim(reservationId, order), ...allocation];
    },
    // What was refused for want of stock holds none.
    OrderRejected: ({ data: { orderId, reason } }) => (reason === 'out-of-stock' ? [] : [release(orderId)]),
    OrderCancelled: ({ data: { orderId } }) => [release(orderId)],
  },
});
