import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { Listener } from './listener';

const LOST = new Error('Connection terminated unexpectedly');

/** A connection that can break while it is asked something: it says so twice, as those of `pg` do. */
class Connection extends EventEmitter {
  isOut = true;
  constructor(private readonly breaks: boolean) {
    super();
  }

  query(): Promise<void> {
    if (!this.breaks) return Promise.resolve();
    this.emit('error', LOST);
    return Promise.reject(LOST);
  }

  release(): void {
    this.isOut = false;
  }
}

describe('a listener whose connection breaks', () => {
  const given: Connection[] = [];
  const out = (): number => given.filter(({ isOut }) => isOut).length;
  let breaking = false;
  const pool = {
    connect: () => Promise.resolve(given[given.push(new Connection(breaking)) - 1]),
  } as unknown as Pool;
  const missed = jest.fn();
  let listener: Listener;

  beforeEach(async () => {
    jest.useFakeTimers();
    given.length = 0;
    breaking = false;
    listener = new Listener(pool, 'kitchen', { heard: () => undefined, missed });
    await listener.start();
    missed.mockClear();
  });
  afterEach(() => jest.useRealTimers());

  it('has one again after a second, and knows that it may have missed something', async () => {
    given[0]?.emit('error', LOST);
    expect(out()).toBe(0);
    await jest.advanceTimersByTimeAsync(1000);
    expect(out()).toBe(1);
    expect(missed).toHaveBeenCalledTimes(1);
  });

  it('never has two, though the next one breaks as soon as it is asked', async () => {
    breaking = true;
    given[0]?.emit('end');
    await jest.advanceTimersByTimeAsync(3000);
    breaking = false;
    await jest.advanceTimersByTimeAsync(3000);
    expect(out()).toBe(1);
    expect(given).toHaveLength(5);
  });

  it('keeps none when it is stopped, whatever it was at', async () => {
    breaking = true;
    given[0]?.emit('end');
    await jest.advanceTimersByTimeAsync(1500);
    listener.stop();
    await jest.advanceTimersByTimeAsync(5000);
    expect(out()).toBe(0);
    expect(given).toHaveLength(2);
  });
});
