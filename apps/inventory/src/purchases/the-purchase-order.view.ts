import { Streams, type Resolve } from '#libs/eventsourcing';
import { purchaseOrder, type PurchaseOrder } from './purchase-order';

/** What is expected, and where, is in the order's own stream: it says which stocks are concerned. */
export async function thePurchaseOrder(command: { purchaseOrderId: string }, get: Resolve): Promise<PurchaseOrder> {
  return (await get(Streams).read(purchaseOrder, command.purchaseOrderId)).state;
}
