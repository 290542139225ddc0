import { PlaceBook } from './place-book';
import { placeAt } from './testing/world';

const [near, far] = [placeAt('near', 1), placeAt('far', 2)];
const list = JSON.stringify(['far', 'near']);

describe('the places as they are known', () => {
  it('are the same territory as long as only how busy they are changes', () => {
    const book = new PlaceBook().renew([near, far]);
    const before = book.territory(list);
    book.renew([{ ...near, openOrders: 7 }, { ...far }]);
    expect(book.territory(list)).toBe(before);
    expect(before.places.map((place) => place?.openOrders)).toEqual([0, 7]);
  });

  it.each([
    ['comes', [near, far, placeAt('new', 3)]],
    ['goes', [near]],
    ['moves', [near, placeAt('far', 20)]],
    ['can do something else', [near, { ...far, capabilities: [] }]],
  ])('are looked at anew when one %s', (_, places) => {
    const book = new PlaceBook().renew([placeAt('near', 1), placeAt('far', 2)]);
    const before = book.territory(list);
    const after = book.renew(places).territory(list);
    expect(after).not.toBe(before);
    expect(after.places).toEqual(['far', 'near'].map((id) => places.find(({ location }) => location === id)));
  });

  it('are all of them when nobody names any', () => {
    expect(new PlaceBook().renew([near, far]).everywhere.ids).toEqual(['far', 'near']);
  });
});
