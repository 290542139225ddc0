import { reactions, recorded } from '#libs/eventsourcing/testing';
import { allocationsDecideOrders } from './allocations.process';
import { CompleteCancellation } from './complete-cancellation';
import { ConfirmOrder } from './confirm-order';
import { DeclineCancellation } from './decline-cancellation';
import { paymentsDecideOrders } from './payments.process';
import { RecordAllocation } from './record-allocation';
import { RecordDelivery } from './record-delivery';
import { RecordPayment } from './record-payment';
import { RecordRelocation } from './record-relocation';
import { RecordShipment } from './record-shipment';
import { RejectOrder } from './reject-order';
import { shipmentsMoveOrders } from './shipments.process';

const inventorySays = (type: string, data: object): object[] =>
  reactions(allocationsDecideOrders, recorded('inventory', 'reservation:o1', type, { reservationId: 'o1', ...data }));
const paymentSays = (type: string, data: object): object[] =>
  reactions(paymentsDecideOrders, recorded('payment', 'payment:o1', type, { orderId: 'o1', paymentId: 'p1', ...data }));
const fulfillmentSays = (type: string, data: object = {}): object[] =>
  reactions(shipmentsMoveOrders, recorded('fulfillment', 'shipment:o1', type, { orderId: 'o1', shipmentId: 's1', ...data }));

describe('what inventory says', () => {
  const demand = 'online-order';

  it('that the goods are held allocates the order', () => {
    expect(inventorySays('StockReservationMade', { demand, location: 'hz-dc' })).toEqual([
      Object.assign(new RecordAllocation(), { orderId: 'o1', location: 'hz-dc' }),
    ]);
  });

  it('that other places hold the goods relocates the order', () => {
    const parcels = [
      { location: 'sh-dc', lines: [{ sku: 'TEA', quantity: 1 }] },
      { location: 'nb-dc', lines: [{ sku: 'CUP', quantity: 1 }] },
    ];
    const moved = {
      demand,
      location: 'sh-dc',
      lines: [],
      parcels,
      from: 'hz-dc',
      reason: 'rejected',
      released: [],
      reserved: [],
    };
    expect(inventorySays('StockReservationMoved', moved)).toEqual([
      Object.assign(new RecordRelocation(), { orderId: 'o1', location: 'sh-dc', parcels }),
    ]);
    expect(inventorySays('StockReservationMoved', { ...moved, demand: 'direct' })).toEqual([]);
  });

  it('that nobody has the goods rejects the order, and says what is short', () => {
    const short = ['A', 'B', 'C', 'D', 'E'].map((sku, n) => ({ sku, requested: 9, available: n }));
    const rejection = (detail: string) => [
      Object.assign(new RejectOrder(), { orderId: 'o1', reason: 'out-of-stock', detail: `No place has everything; ${detail}` }),
    ];
    const refused = { demand, reason: 'out-of-stock' };
    expect(inventorySays('StockReservationRefused', { ...refused, short: short.slice(0, 1) })).toEqual(
      rejection('the nearest to it has A: 0 of 9.'),
    );
    expect(inventorySays('StockReservationRefused', { ...refused, short })).toEqual(
      rejection('the nearest to it has A: 0 of 9, B: 1 of 9, C: 2 of 9 and 2 more.'),
    );
  });

  it('of supply orders concerns nobody here', () => {
    expect(inventorySays('StockReservationMade', { demand: 'supply-order', location: 'hz-dc' })).toEqual([]);
    expect(inventorySays('StockReservationRefused', { demand: 'supply-order', short: [] })).toEqual([]);
  });
});

describe('what payment says', () => {
  it('that money is authorized confirms the order', () => {
    expect(paymentSays('PaymentAuthorized', {})).toEqual([Object.assign(new ConfirmOrder(), { orderId: 'o1', paymentId: 'p1' })]);
  });

  it('that money was declined rejects the order', () => {
    expect(paymentSays('PaymentDeclined', { reason: 'too poor' })).toEqual([
      Object.assign(new RejectOrder(), {
        orderId: 'o1',
        reason: 'payment-declined',
        detail: 'The payment was declined: too poor.',
      }),
    ]);
  });

  it('that money was captured pays the order', () => {
    expect(paymentSays('PaymentCaptured', { amountMinor: 5, currency: 'CNY' })).toEqual([
      Object.assign(new RecordPayment(), { orderId: 'o1', paymentId: 'p1', amountMinor: 5, currency: 'CNY' }),
    ]);
  });
});

describe('what fulfillment says', () => {
  it('of a parcel moves its order', () => {
    const parcel = { orderId: 'o1', shipmentId: 's1' };
    expect(fulfillmentSays('ShipmentShipped')).toEqual([Object.assign(new RecordShipment(), parcel)]);
    expect(fulfillmentSays('ShipmentDelivered')).toEqual([Object.assign(new RecordDelivery(), parcel)]);
  });

  it('of a cancellation ends the order or lets it go on', () => {
    expect(fulfillmentSays('ShipmentCancelled')).toEqual([Object.assign(new CompleteCancellation(), { orderId: 'o1' })]);
    expect(fulfillmentSays('ShipmentCancellationDeclined', { reason: 'already-shipped' })).toEqual([
      Object.assign(new DeclineCancellation(), { orderId: 'o1', reason: 'already-shipped' }),
    ]);
  });
});
