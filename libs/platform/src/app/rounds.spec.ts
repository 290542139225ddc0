import { Rounds } from './rounds';

describe('rounds', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('come when their time has come, one after the other, also after one that failed', async () => {
    const failures: unknown[] = [];
    const ends: (() => void)[] = [];
    let begun = 0;
    const round = (): Promise<void> => {
      begun++;
      return begun === 1 ? Promise.reject(new Error('first')) : new Promise((resolve) => ends.push(resolve));
    };
    const rounds = new Rounds({ everyMs: 10, round, onFailure: (error) => failures.push(String(error)) });
    rounds.begin();
    await jest.advanceTimersByTimeAsync(9);
    expect(begun).toBe(0);
    await jest.advanceTimersByTimeAsync(21);
    expect([begun, failures]).toEqual([2, ['Error: first']]);
    ends.pop()?.();
    await jest.advanceTimersByTimeAsync(0);
    expect(begun).toBe(3);
    ends.pop()?.();
    await rounds.stop();
  });

  it('are over when they have been stopped', async () => {
    let done = false;
    const round = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      done = true;
    };
    const rounds = new Rounds({ everyMs: 10, round, onFailure: () => undefined });
    rounds.begin();
    await jest.advanceTimersByTimeAsync(10);
    const stopped = rounds.stop();
    await jest.advanceTimersByTimeAsync(5);
    await stopped;
    expect(done).toBe(true);
  });
});
