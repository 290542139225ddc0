import type { ShipmentEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { CapturePayment } from './capture-payment';

/** Money is taken when the goods leave, not before. */
export const shipmentsCaptureMoney = processOf<ShipmentEvents>()({
  name: 'shipments-capture-money',
  sources: ['fulfillment'],
  on: { ShipmentShipped: ({ data: { orderId } }) => [Object.assign(new CapturePayment(), { orderId })] },
});
