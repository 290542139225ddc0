import type { SupplyOrderEvents } from '#libs/contracts';
import { applied, given, reactions, recorded } from '#libs/eventsourcing/testing';
import { fold, type EventOf } from '#libs/eventsourcing/vocabulary';
import { allocationDecides } from './allocation.process';
import { RelocateSupplyOrder, relocateSupplyOrder } from './relocate-supply-order';
import { ShipSupplyOrder, shipSupplyOrder } from './ship-supply-order';
import { supplyOrder } from './supply-order';
import { supplyOrderView } from './supply-order.view';

type Event = EventOf<SupplyOrderEvents>;

const about = { supplyOrderId: 'so1', shop: 'auntie-wang' };
const totals = { lines: 0, units: 0, amountMinor: 0, currency: 'CNY' };
const submitted: Event = {
  type: 'SupplyOrderSubmitted',
  data: { ...about, lines: [], totals, deliverTo: { latitude: 30, longitude: 120 } },
};
const accepted: Event = { type: 'SupplyOrderAccepted', data: { ...about, location: 'hz-dc', lines: [], totals } };
const relocated: Event = { type: 'SupplyOrderRelocated', data: { ...about, location: 'sh-dc' } };
const shippedFrom = (location: string): Event => ({ type: 'SupplyOrderShipped', data: { ...about, location, lines: [] } });
const relocate = Object.assign(new RelocateSupplyOrder(), { supplyOrderId: 'so1', location: 'sh-dc' });

describe('a supply order whose goods another place holds now', () => {
  it('comes from there', () => {
    given(supplyOrder, submitted, accepted).when(relocateSupplyOrder, relocate).then(relocated);
    given(supplyOrder, submitted, accepted, relocated)
      .when(shipSupplyOrder, Object.assign(new ShipSupplyOrder(), { supplyOrderId: 'so1' }))
      .then(shippedFrom('sh-dc'));
  });

  it('stays what it is when they have left, or before anybody held them', () => {
    given(supplyOrder).when(relocateSupplyOrder, relocate).thenNothing();
    given(supplyOrder, submitted).when(relocateSupplyOrder, relocate).thenNothing();
    given(supplyOrder, submitted, accepted, shippedFrom('hz-dc')).when(relocateSupplyOrder, relocate).thenNothing();
    expect(fold(supplyOrder, [submitted, accepted, shippedFrom('hz-dc'), relocated])).toMatchObject({ location: 'hz-dc' });
  });

  it('hears of it from inventory, where it is a supply order', () => {
    const moved = (demand: string): object[] =>
      reactions(
        allocationDecides,
        recorded('inventory', 'reservation:so1', 'StockReservationMoved', { reservationId: 'so1', demand, location: 'sh-dc' }),
      );
    expect([moved('supply-order'), moved('online-order')]).toEqual([[relocate], []]);
  });

  it('is listed with that place', () => {
    const events = [submitted, accepted, relocated].map(({ type, data }) =>
      recorded('lingshoutong', 'supply-order:so1', type, data),
    );
    expect([...applied(supplyOrderView, ...events).values()]).toMatchObject([{ status: 'accepted', location: 'sh-dc' }]);
  });
});
