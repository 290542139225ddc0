import { Batcher } from './batcher';

const PACE_MS = 1000;

describe('a batcher with a pace', () => {
  // Time stands still.
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  it('lets no queue wait for the pace that has become long enough for a batch of its own', async () => {
    const batches: number[][] = [];
    const done = new Map<number, () => void>();
    const work = (batch: number[]): Promise<void> => {
      batches.push(batch);
      batch.forEach((item) => done.get(item)?.());
      return Promise.resolve();
    };
    const batcher = new Batcher<number>(work, { size: (queue) => queue.length, paceMs: PACE_MS, atOnce: 2, enough: 2 });
    const push = (item: number): Promise<void> => {
      const taken = new Promise<void>((resolve) => done.set(item, resolve));
      batcher.push(item);
      return taken;
    };
    await push(1);
    // The batch has ended and its pace is kept: the second item waits, the third is enough.
    await new Promise(setImmediate);
    await Promise.all([push(2), push(3)]);
    expect(batches).toEqual([[1], [2, 3]]);
  });
});
