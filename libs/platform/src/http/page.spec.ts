import { openParcels, type Parcels } from '../testing/parcels';
import { Problem } from './problem';
import { timeKey, type Page } from './page';

let parcels: Parcels;
beforeAll(async () => {
  parcels = await openParcels();
});
afterAll(() => parcels.app.close());

const page = async (query: string): Promise<Page<number>> =>
  (await parcels.app.inject({ method: 'GET', url: `/inventory/parcels${query}` })).json<Page<number>>();

describe('a list', () => {
  it('is read page by page to its end', async () => {
    const seen: number[] = [];
    for (let query = '?limit=2', pages = 1; ; pages++) {
      const { items, next } = await page(query);
      seen.push(...items);
      if (next === null) {
        expect(pages).toBe(3);
        break;
      }
      query = `?limit=2&cursor=${next}`;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('ends where the last page is just full', async () => {
    expect(await page('?limit=5')).toEqual({ items: [1, 2, 3, 4, 5], next: null });
  });

  it('has pages of a usual size', async () => {
    expect((await page('')).items).toHaveLength(5);
  });
});

describe('a list in the order of time', () => {
  it('goes on after a time and an id', () => {
    expect(timeKey(['2026-03-01T12:00:00.000Z', 'a'])).toEqual({ at: '2026-03-01T12:00:00.000Z', id: 'a' });
    expect(timeKey(undefined)).toBeUndefined();
  });

  it.each([[[]], [[7, 'a']], [['tea', 'a']], [['2026-03-01T12:00:00.000Z']]])(
    'does not take the cursor of another list: %j',
    (key) => {
      expect(() => timeKey(key)).toThrow(Problem);
    },
  );
});
