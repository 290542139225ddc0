import fc from 'fast-check';
import { greatCircleKm } from './great-circle';

const westLake = { latitude: 30.2431, longitude: 120.1509 };
const bund = { latitude: 31.2397, longitude: 121.4908 };
const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('the great circle', () => {
  it('is 169 km from the West Lake in Hangzhou to the Bund in Shanghai', () => {
    expect(greatCircleKm(westLake, bund)).toBeCloseTo(169.2, 0);
  });

  it('crosses the date line the short way', () => {
    expect(greatCircleKm({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111.2, 1);
  });

  it('is as long there as back, and never longer than half way round', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(greatCircleKm(a, b)).toBeCloseTo(greatCircleKm(b, a), 9);
        expect(greatCircleKm(a, b)).toBeLessThanOrEqual(Math.PI * 6371.0088);
        expect(greatCircleKm(a, a)).toBe(0);
      }),
    );
  });
});
