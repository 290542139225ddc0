import type { Deliver, Feed, IncomingBatch } from './feed';
import { SharedFeed } from './shared-feed';

const LATE = new Error('the waiter has gone home');

/** A feed that is told what to bring. */
class Belt implements Feed {
  deliver: Deliver | undefined;
  constructor(
    readonly readers: readonly string[],
    readonly sources: readonly string[],
    readonly onError: (error: unknown) => void,
  ) {}

  start(deliver: Deliver): Promise<void> {
    this.deliver = deliver;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.deliver = undefined;
    return Promise.resolve();
  }

  async bring(source: string): Promise<{ settled: Promise<void> }> {
    if (!this.deliver) throw new Error('The belt stands still.');
    return this.deliver({ source, lane: 0, messages: [] });
  }
}

/** Somebody at the belt. */
class Guest {
  readonly got: string[] = [];
  readonly faults: unknown[] = [];
  takes: Deliver = () => Promise.resolve({ settled: Promise.resolve() });

  readonly deliver = (batch: IncomingBatch): ReturnType<Deliver> => {
    this.got.push(batch.source);
    return this.takes(batch);
  };
}

describe('a feed that several share', () => {
  const belts: Belt[] = [];
  const belt = (): Belt => belts.at(-1)!;
  let shared: SharedFeed;
  let [bar, kitchen]: Guest[] = [];
  let feeds: Feed[];

  beforeEach(async () => {
    belts.length = 0;
    shared = new SharedFeed((...made) => belts[belts.push(new Belt(...made)) - 1]!);
    [bar, kitchen] = [new Guest(), new Guest()];
    feeds = [
      shared.share('kitchen', ['garden', 'cellar'], (error) => kitchen?.faults.push(error)),
      shared.share('bar', ['cellar'], (error) => bar?.faults.push(error)),
    ];
    await feeds[0]?.start(kitchen.deliver);
  });

  const open = async (): Promise<void> => feeds[1]?.start(bar?.deliver as Deliver);

  it('begins with the last of them, once for all', async () => {
    expect(belts).toEqual([]);
    await open();
    expect(belts).toHaveLength(1);
    expect(belt()).toMatchObject({ readers: ['bar', 'kitchen'], sources: ['garden', 'cellar'] });
  });

  it('brings to each what it wants', async () => {
    await open();
    await belt().bring('cellar');
    await belt().bring('garden');
    expect([kitchen?.got, bar?.got]).toEqual([['cellar', 'garden'], ['cellar']]);
  });

  it('has settled a batch when all of them have, and fails with any', async () => {
    await open();
    let settle = (): void => undefined;
    if (bar) bar.takes = () => Promise.resolve({ settled: new Promise((resolve) => (settle = resolve)) });
    const { settled } = await belt().bring('cellar');
    const seen = jest.fn();
    void settled.then(seen);
    await Promise.resolve();
    expect(seen).not.toHaveBeenCalled();
    settle();
    await settled;

    if (bar) bar.takes = () => Promise.resolve({ settled: Promise.reject(LATE) });
    await expect((await belt().bring('cellar')).settled).rejects.toBe(LATE);
    if (bar) bar.takes = () => Promise.reject(LATE);
    await expect(belt().bring('cellar')).rejects.toBe(LATE);
  });

  it('goes on for the others when one leaves in the middle of a batch, which then counts as not taken in', async () => {
    await open();
    if (bar) {
      bar.takes = async () => {
        await feeds[1]?.stop();
        throw LATE;
      };
    }
    await expect((await belt().bring('cellar')).settled).rejects.toBe(LATE);
    await (
      await belt().bring('cellar')
    ).settled;
    expect([kitchen?.got, bar?.got]).toEqual([['cellar', 'cellar'], ['cellar']]);
  });

  it('tells all of them when it fails', async () => {
    await open();
    belt().onError(LATE);
    expect([kitchen?.faults, bar?.faults]).toEqual([[LATE], [LATE]]);
  });

  it('stops with the last of them, and can begin again', async () => {
    await open();
    await feeds[0]?.stop();
    expect(belt().deliver).toBeDefined();
    await feeds[1]?.stop();
    expect(belt().deliver).toBeUndefined();

    feeds = [shared.share('bar', ['cellar'], () => undefined)];
    await feeds[0]?.start(bar?.deliver as Deliver);
    expect(belt()).toMatchObject({ readers: ['bar'], sources: ['cellar'] });
  });
});
