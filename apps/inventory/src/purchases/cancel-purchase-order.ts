import { IsOptional, IsString, Length } from 'class-validator';
import type { PurchaseOrderEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { open, outstanding, type PurchaseOrder } from './purchase-order';

/** Calls off what is still expected of a purchase order. What has come stays. */
export class CancelPurchaseOrder {
  /** From the path. */
  purchaseOrderId!: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  reason?: string;
}

/** Refuses an order of which nothing is expected any more. */
export const cancelPurchaseOrder: Decide<CancelPurchaseOrder, PurchaseOrder, PurchaseOrderEvents> = (command, state) => {
  const { purchaseOrderId, reason } = command;
  const order = open(purchaseOrderId, state);
  const why = reason === undefined ? {} : { reason };
  const data = { purchaseOrderId, location: order.location, lines: outstanding(order), ...why };
  return [{ type: 'PurchaseOrderClosed', data }];
};
