import { openParcels, type Parcels } from '../testing/parcels';
import { PositionWaiters } from './positions';

let parcels: Parcels;
let asked: string[];
beforeAll(async () => {
  parcels = await openParcels();
});
afterAll(() => parcels.app.close());
beforeEach(() => {
  asked = [];
});

const waiting = (answer: () => Promise<boolean>): void =>
  parcels.app.get(PositionWaiters).register('inventory', {
    reached: (token, timeoutMs) => {
      asked.push(`${token} within ${timeoutMs}`);
      return answer();
    },
  });

const read = async (url: string, position: string): Promise<[number, string | undefined]> => {
  const answer = await parcels.app.inject({ method: 'GET', url, headers: { 'after-position': position } });
  return [answer.statusCode, answer.json<{ code?: string }>().code];
};

describe('a request after a position', () => {
  it('is answered once the service has come there', async () => {
    waiting(() => Promise.resolve(true));
    expect(await read('/inventory/parcels/7', 'storefront:1=7;inventory:0=12,3=44')).toEqual([200, undefined]);
    expect(asked).toEqual(['storefront:1=7;inventory:0=12,3=44 within 5000']);
  });

  it('is told when the service does not come there in time', async () => {
    waiting(() => Promise.resolve(false));
    expect(await read('/inventory/parcels/7', 'inventory:0=12')).toEqual([503, 'position-not-reached']);
  });

  it('is told when the database goes away meanwhile', async () => {
    waiting(() => Promise.reject(Object.assign(new Error('gone'), { code: '57P01' })));
    expect(await read('/inventory/parcels/7', 'inventory:0=12')).toEqual([503, 'database-unavailable']);
  });

  it('does not wait for nothing, or where nobody waits', async () => {
    waiting(() => Promise.reject(new Error('asked')));
    expect(await read('/inventory/parcels/7', '')).toEqual([200, undefined]);
    expect(await read('/health/live', 'inventory:0=12')).toEqual([200, undefined]);
  });
});
