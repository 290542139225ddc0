import { Logger } from '@nestjs/common';
import { CloseOfDay } from './close-of-day.timer';
import { FindUnrecordedDays } from './trading-day.view';

const MINUTE_MS = 60_000;

describe('the close of a day', () => {
  const asked: unknown[] = [];
  const commands: unknown[] = [];
  let answer: () => Promise<object[]> = () => Promise.resolve([{ area: 'dc', day: '2026-03-01' }]);
  const queries = { execute: (query: object) => (asked.push(query), answer()) };
  const bus = { execute: (command: object) => (commands.push(command), Promise.resolve({ position: 'inventory:0=1' })) };
  const consumers = { caughtUp: () => Promise.resolve(true) };
  const clock = { now: () => new Date('2026-03-02T00:00:30.000Z') };
  let closing: CloseOfDay;

  beforeEach(() => {
    jest.useFakeTimers();
    [asked, commands].forEach((list) => list.splice(0));
    closing = new CloseOfDay(bus as never, queries as never, consumers as never, clock);
    closing.onApplicationBootstrap();
  });
  afterEach(async () => {
    await closing.onApplicationShutdown();
    jest.useRealTimers();
  });

  it('comes by itself within a minute of midnight UTC, for yesterday and what is left of the days before', async () => {
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    expect(asked).toEqual([new FindUnrecordedDays('2026-03-01', 101)]);
    expect(commands).toEqual([{ area: 'dc', day: '2026-03-01' }]);
  });

  it('is tried again when the database was away', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    answer = () => Promise.reject(new Error('no database'));
    await jest.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(asked).toHaveLength(2);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('no database'));
    warn.mockRestore();
  });

  it('does not come after the end', async () => {
    await closing.onApplicationShutdown();
    await jest.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(asked).toEqual([]);
  });
});
