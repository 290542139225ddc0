import { MemoryStore } from './memory-store';
import { LaneWatch, LOOK_MS } from './lane-watch';
import { oneEvent, together } from '../testing/event-store.contract';

describe('watching the lanes of a log', () => {
  const lanes = new Set([0, 1, 2, 3, 4, 5, 6, 7]);
  const beginning = (): number => 0;
  let store: MemoryStore;
  let looks: jest.SpyInstance;
  let now = 0;
  beforeEach(() => {
    store = new MemoryStore('kitchen');
    looks = jest.spyOn(store, 'heads');
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => jest.restoreAllMocks());

  const watchFor = async (ms: number, watch: LaneWatch): Promise<void> => {
    for (const end = now + ms; now < end; now += LOOK_MS) await watch.behind(lanes, beginning, false);
  };

  it('looks ever more seldom while nothing comes, and at once when somebody says that the log has grown', async () => {
    const watch = new LaneWatch(store);
    await watchFor(60_000, watch);
    expect(looks.mock.calls.length).toBeLessThan(50);
    looks.mockClear();
    await watch.behind(lanes, beginning, true);
    expect(looks).toHaveBeenCalledTimes(1);
  });

  it('finds what others wrote without being told', async () => {
    const watch = new LaneWatch(store);
    await watchFor(10_000, watch);
    jest.spyOn(store, 'written').mockReturnValue(0);
    await store.append(together(oneEvent('cup:1', 0)));
    now += 2000;
    expect(await watch.behind(lanes, beginning, false)).toHaveLength(1);
  });
});
