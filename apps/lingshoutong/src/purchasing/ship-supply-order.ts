import { IsISO8601, IsOptional } from 'class-validator';
import { stockedLines, type SupplyOrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { notYet, unknownSupplyOrder, type SupplyOrder } from './supply-order';

/** The goods leave for the shop. */
export class ShipSupplyOrder {
  /** From the path. */
  supplyOrderId!: string;

  /** When they left, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Refuses an order that is not accepted (yet); nothing when the goods have left. */
export const shipSupplyOrder: Decide<ShipSupplyOrder, SupplyOrder, SupplyOrderEvents> = ({ supplyOrderId }, state) => {
  if (!state) throw unknownSupplyOrder(supplyOrderId);
  if (state.status === 'shipped' || state.status === 'received') return [];
  if (state.status !== 'accepted') throw notYet('supply-order-not-accepted', supplyOrderId, state.status);
  const { shop, location, lines } = state;
  return [{ type: 'SupplyOrderShipped', data: { supplyOrderId, shop, location, lines: stockedLines(lines) } }];
};
