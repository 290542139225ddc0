import { closedLoop, countedLoop, openLoop, pace } from './loops';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that remembers how much of it was under way at once. */
function counted(): { work: () => Promise<void>; done: () => number; most: () => number } {
  let [under, done, most] = [0, 0, 0];
  const work = async (): Promise<void> => {
    most = Math.max(most, ++under);
    await turn();
    under--;
    done++;
  };
  return { work, done: () => done, most: () => most };
}

describe('a closed loop', () => {
  it('keeps every hand busy and no more, and counts what they did', async () => {
    const { work, done, most } = counted();
    const found = await closedLoop(5, 0.05, work);
    expect(most()).toBe(5);
    expect(found.done).toBe(done());
    expect(found.perSecond).toBeCloseTo(found.done / found.seconds);
  });

  it('ends with the fault of its work', async () => {
    await expect(closedLoop(2, 1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});

describe('a counted loop', () => {
  it('does as much as it is told and no more', async () => {
    const { work, done, most } = counted();
    expect((await countedLoop(4, 10, work)).done).toBe(10);
    expect([done(), most()]).toEqual([10, 4]);
  });
});

describe('an open loop', () => {
  it('begins work at its rate, whether or not the earlier work is done', async () => {
    const { work, done, most } = counted();
    const latencies = await openLoop(1000, 0.1, work);
    expect(latencies).toHaveLength(100);
    expect([done(), latencies.every((latency) => latency >= 0)]).toEqual([100, true]);
    expect(most()).toBeGreaterThan(0);
  });

  it('counts from the moment at which each piece should have begun', async () => {
    const stall = (): Promise<void> => {
      for (const until = performance.now() + 5; performance.now() < until;);
      return Promise.resolve();
    };
    const latencies = await openLoop(1000, 0.02, stall);
    // Each takes five times what there is for it, so that the last one waits for all before it.
    expect(Math.max(...latencies)).toBeGreaterThan(50);
  });
});

describe('a pace', () => {
  it('is what was done by the time that it took', () => {
    const found = pace(100, performance.now() - 2000);
    expect(found.perSecond).toBeGreaterThan(49);
    expect(found.perSecond).toBeLessThanOrEqual(50);
  });
});
