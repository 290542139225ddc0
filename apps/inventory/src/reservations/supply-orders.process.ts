import { stockedLines, type SupplyOrderEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { AllocateOrder } from './allocate-order';
import { HoldNearby } from './hold-nearby';
import { ShipReservation } from './ship-reservation';

/** A supply order gets its goods held when it is submitted; they leave the books when it ships. */
export const supplyOrdersHoldStock = processOf<SupplyOrderEvents>()({
  name: 'supply-orders-hold-stock',
  sources: ['lingshoutong'],
  on: {
    SupplyOrderSubmitted: ({ data: { supplyOrderId: orderId, lines, deliverTo } }) => {
      const order = { orderId, demand: 'supply-order' as const, lines: stockedLines(lines), deliverTo };
      return [Object.assign(new HoldNearby(), order), Object.assign(new AllocateOrder(), order)];
    },
    SupplyOrderShipped: ({ data: { supplyOrderId } }) => [Object.assign(new ShipReservation(), { orderId: supplyOrderId })],
  },
});
