import { columnsOf, locationIn, type Column } from './location-csv';

const header = ['id', 'name', 'kind', 'latitude', 'longitude', 'capabilities', 'timeZone', 'openingHours', 'serviceArea'];
const columns: Column[] = columnsOf(header);
const read = (...cells: string[]) => locationIn(columns, [...cells, ...header.slice(cells.length).map(() => '')]);
const shop = ['s1', 'Wulin', 'store', '30.2744', '120.1636'];

describe('the header of a file of locations', () => {
  it('names the columns in any order, those of the least at least', () => {
    expect(columnsOf(['longitude', 'latitude', ' kind', 'name', 'id '])).toEqual(['longitude', 'latitude', 'kind', 'name', 'id']);
  });

  it.each([
    ['is missing something', ['id', 'name', 'kind', 'latitude'], 'longitude is missing'],
    ['has what nobody knows', [...header, 'colour'], '"colour" is unknown'],
    ['has something twice', [...header, 'id'], '"id" is unknown or there twice'],
    ['is not there', [], 'id, name, kind, latitude, longitude is missing'],
  ])('is refused when it %s', (_, cells, detail) => {
    expect(() => columnsOf(cells)).toThrow(detail);
  });
});

describe('a row of a file of locations', () => {
  it('says what the API is told', () => {
    const [id, name, kind] = shop;
    expect(read(...shop)).toEqual({ id, body: { name, kind, latitude: 30.2744, longitude: 120.1636 } });
  });

  it('says what a place can do and when it is open in one cell each', () => {
    const { body } = read(...shop, 'ships pickup', 'Asia/Shanghai', 'mon-wed 08:00-12:00 13:00-24:00; Sat,sun 10:00-18:00');
    const weekdays = [
      { opens: '08:00', closes: '12:00' },
      { opens: '13:00', closes: '24:00' },
    ];
    const weekend = [{ opens: '10:00', closes: '18:00' }];
    expect(body).toMatchObject({
      capabilities: ['ships', 'pickup'],
      timeZone: 'Asia/Shanghai',
      openingHours: { monday: weekdays, tuesday: weekdays, wednesday: weekdays, saturday: weekend, sunday: weekend },
    });
  });

  it('has a ring for a service area', () => {
    expect(read(...shop, '', '', '', '[[0,0],[1,0],[1,1],[0,0]]').body).toMatchObject({
      serviceArea: [
        ...[
          [0, 0],
          [1, 0],
          [1, 1],
        ],
        [0, 0],
      ],
    });
  });

  it('leaves what is no number to those who check numbers', () => {
    expect(read('s1', 'Wulin', 'store', 'north').body).toMatchObject({ latitude: 'north' });
  });

  it.each([
    ['unreadable-opening-hours', 'mon 8-22'],
    ['unreadable-opening-hours', 'mon'],
    ['unreadable-opening-hours', 'fri-mon 08:00-12:00'],
    ['unreadable-opening-hours', 'm 08:00-12:00'],
    ['unreadable-opening-hours', 'mon 08:00-12:00-14:00'],
  ])('is refused as %s: %s', (code, hours) => {
    expect(() => read(...shop, '', 'UTC', hours)).toThrow(code);
  });

  it('is refused with an area that is none, or with more cells than columns', () => {
    expect(() => read(...shop, '', '', '', 'everywhere')).toThrow('unreadable-service-area');
    expect(() => locationIn(columns, [...header, 'more'])).toThrow('wrong-number-of-cells');
  });
});
