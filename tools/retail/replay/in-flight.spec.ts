import { setImmediate } from 'node:timers/promises';
import { forEachInFlight } from './in-flight';

describe('work in flight', () => {
  it('is begun in order, with no more at once than may be', async () => {
    const begun: number[] = [];
    let now = 0;
    let most = 0;
    await forEachInFlight([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      begun.push(item);
      most = Math.max(most, ++now);
      await setImmediate();
      now--;
    });
    expect([begun, most, now]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3, 0]);
  });

  it('takes from a source only what it can begin', async () => {
    let taken = 0;
    const source = async function* (): AsyncGenerator<number> {
      for (; taken < 100;) yield await Promise.resolve(taken++);
    };
    const work = forEachInFlight(source(), 2, () => Promise.reject(new Error('full')));
    await expect(work).rejects.toThrow('full');
    expect(taken).toBeLessThan(5);
  });

  it('ends with the first fault, after what is under way', async () => {
    const done: number[] = [];
    const work = forEachInFlight([1, 2, 3, 4, 5], 2, async (item) => {
      if (item === 1) throw new Error('no');
      await setImmediate();
      done.push(item);
    });
    await expect(work).rejects.toThrow('no');
    expect(done).toEqual([2]);
  });
});
