import { laneOf, murmur2 } from './lane';

describe('the lane of a stream', () => {
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %j as the Kafka partitioner does', (key, expected) => {
    expect(murmur2(key)).toBe(expected);
  });

  it('is always one of the lanes', () => {
    const lanes = new Set(Array.from({ length: 1000 }, (_, n) => laneOf(`stock:${n}@dc`, 8)));
    expect([...lanes].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
