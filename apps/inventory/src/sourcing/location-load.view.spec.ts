import { applied, recorded } from '#libs/eventsourcing/testing';
import { locationLoadView } from './location-load.view';

const said = (type: string, location: string, reservationId = 'o1') =>
  recorded('inventory', `reservation:${reservationId}`, type, { reservationId, location, lines: [] });

describe('how busy a place is', () => {
  it('is how many orders it holds goods for', () => {
    const made = ['o1', 'o2', 'o3', 'o4'].map((id) => said('StockReservationMade', 'dc', id));
    const ended = [
      said('StockReservationShipped', 'dc', 'o1'),
      said('StockReservationReleased', 'dc', 'o2'),
      said('StockReservationExpired', 'dc', 'o3'),
    ];
    expect([...applied(locationLoadView, ...made, ...ended).values()]).toEqual([{ location: 'dc', openOrders: 1 }]);
  });
});
