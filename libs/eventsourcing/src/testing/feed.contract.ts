import type { Deliver, Feed, IncomingBatch } from '../feed/feed';
import type { EventStore } from '../store/event-store';
import { oneEvent, together } from './event-store.contract';

/** A log with a feed on it, as one consumer of it sees it. */
export interface FeedBench {
  store: EventStore;
  /** Opens a feed that goes on after what `position` says is in. */
  open(position: (lane: number) => number): Feed;
}

/** Everything that arrives, per lane, repeats included. */
class Arrivals {
  readonly lanes = new Map<number, number[]>();
  private readonly waiting: (() => void)[] = [];

  deliver: Deliver = (batch: IncomingBatch) => {
    const lane = this.lanes.get(batch.lane) ?? [];
    lane.push(...batch.messages.map(({ position }) => position));
    this.lanes.set(batch.lane, lane);
    this.waiting.splice(0).forEach((wake) => wake());
    return Promise.resolve({ settled: Promise.resolve() });
  };

  position = (lane: number): number => Math.max(0, ...(this.lanes.get(lane) ?? []));

  async until(heads: readonly number[]): Promise<void> {
    while (heads.some((head, lane) => this.position(lane) < head)) await new Promise<void>((wake) => this.waiting.push(wake));
  }
}

const write = (store: EventStore, from: number, count: number): Promise<unknown> =>
  store.append(together(...Array.from({ length: count }, (_, n) => oneEvent(`cup:${from + n}`, 0))));

/** Each lane from 1 on without a hole; what repeats comes again from some earlier position, in order. */
function expectGapless(lanes: Iterable<number[]>): void {
  for (const positions of lanes) {
    let highest = 0;
    for (const position of positions) {
      expect(position).toBeLessThanOrEqual(highest + 1);
      highest = Math.max(highest, position);
    }
  }
}

/** What every feed must do: bring each lane in order and without a hole, at least once. */
export function feedContract(bench: () => Promise<FeedBench>): void {
  let store: EventStore;
  let open: FeedBench['open'];
  const feeds: Feed[] = [];
  const start = async (arrivals: Arrivals): Promise<Feed> => {
    const feed = open(arrivals.position);
    feeds.push(feed);
    await feed.start(arrivals.deliver);
    return feed;
  };
  beforeEach(async () => {
    ({ store, open } = await bench());
  });
  afterEach(async () => {
    for (const feed of feeds.splice(0)) await feed.stop();
  });

  it('brings what was there before it started and what comes after', async () => {
    const arrivals = new Arrivals();
    await write(store, 0, 40);
    await start(arrivals);
    await arrivals.until(await store.heads());
    await write(store, 40, 40);
    await arrivals.until(await store.heads());
    expectGapless(arrivals.lanes.values());
    expect([...arrivals.lanes.values()].flat().length).toBeGreaterThanOrEqual(80);
  });

  it('goes on where it was when it is started again', async () => {
    const arrivals = new Arrivals();
    await write(store, 0, 40);
    const first = await start(arrivals);
    await arrivals.until(await store.heads());
    await first.stop();
    feeds.splice(0);
    await write(store, 40, 40);
    await start(arrivals);
    await arrivals.until(await store.heads());
    expectGapless(arrivals.lanes.values());
  });

  it('hands the document over whole', async () => {
    const seen: unknown[] = [];
    await store.append(oneEvent('cup:1', 0, { type: 'Filled', data: '{"with":"tea"}' }));
    const feed = open(() => 0);
    feeds.push(feed);
    await new Promise<void>((done) => {
      void feed.start(({ messages }) => {
        seen.push(...messages.map((message) => ({ type: message.type, event: message.event() })));
        done();
        return Promise.resolve({ settled: Promise.resolve() });
      });
    });
    const [stored] = await store.load([{ stream: 'cup:1', after: 0 }]);
    expect(seen).toEqual([{ type: 'Filled', event: { ...stored, data: { with: 'tea' } } }]);
  });
}
