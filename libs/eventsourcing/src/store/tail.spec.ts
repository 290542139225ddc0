import type { StoredEvent } from '../envelope';
import { Tail } from './tail';

const event = (position: number): StoredEvent => ({ lane: 1, position }) as StoredEvent;
const positions = (events: StoredEvent[] | undefined): number[] | undefined => events?.map(({ position }) => position);

describe('the tail of a log', () => {
  it('gives what follows a position, as far as it is here', () => {
    const tail = new Tail(8);
    [5, 6, 7, 8].forEach((position) => tail.push([event(position)]));
    expect(positions(tail.read(1, 4, 10))).toEqual([5, 6, 7, 8]);
    expect(positions(tail.read(1, 6, 1))).toEqual([7]);
    expect(tail.last(1)).toBe(8);
  });

  it('does not answer where it would leave something out', () => {
    const tail = new Tail(8);
    tail.push([event(5)]);
    expect(tail.read(1, 3, 10)).toBeUndefined();
    expect(tail.read(1, 5, 10)).toBeUndefined();
    expect(tail.read(2, 0, 10)).toBeUndefined();
  });

  it('lets go of what is before a jump', () => {
    const tail = new Tail(8);
    [5, 6, 9].forEach((position) => tail.push([event(position)]));
    expect(tail.read(1, 4, 10)).toBeUndefined();
    expect(positions(tail.read(1, 8, 10))).toEqual([9]);
  });

  it('leaves out what comes late', () => {
    const tail = new Tail(8);
    [3, 4, 1, 2, 5].forEach((position) => tail.push([event(position)]));
    expect(tail.read(1, 0, 10)).toBeUndefined();
    expect(positions(tail.read(1, 2, 10))).toEqual([3, 4, 5]);
  });

  it('keeps to its capacity', () => {
    const tail = new Tail(8, 10);
    for (let position = 1; position <= 100; position++) tail.push([event(position)]);
    expect(tail.read(1, 0, 10)).toBeUndefined();
    expect(positions(tail.read(1, 95, 10))).toEqual([96, 97, 98, 99, 100]);
  });
});
