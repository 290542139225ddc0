import { MemoryStore } from '../store/memory-store';
import { oneEvent } from '../testing/event-store.contract';
import type { Aggregate } from '../vocabulary';
import { Snapshots } from './snapshots';
import { Streams } from './streams';

interface CupEvents {
  Filled: { n: number };
}
interface Cup {
  fills: number;
}
const cup = (stateVersion: number): Aggregate<Cup, CupEvents> => ({
  category: 'cup',
  initial: { fills: 0 },
  evolve: { Filled: ({ fills }) => ({ fills: fills + stateVersion }) },
  snapshot: { every: 10, stateVersion },
});

describe('snapshots of long streams', () => {
  let store: MemoryStore;
  beforeEach(async () => {
    store = new MemoryStore('kitchen');
    for (let n = 0; n < 25; n++) await store.append(oneEvent('cup:1', n, { type: 'Filled', data: '{"n":1}' }));
  });
  const loaded = async (aggregate: Aggregate<Cup, CupEvents>): Promise<{ state: Cup; version: number; events: number }> => {
    const spy = jest.spyOn(store, 'load');
    const snapshots = new Snapshots(store);
    const found = await new Streams(store, undefined, snapshots).read(aggregate, '1');
    const pages = await Promise.all(spy.mock.results.map(({ value }) => value as Promise<unknown[]>));
    spy.mockRestore();
    await snapshots.stop();
    return { ...found, events: pages.flat().length };
  };

  it('are taken of what was long to load, and the next one loads only what came after', async () => {
    expect(await loaded(cup(1))).toEqual({ state: { fills: 25 }, version: 25, events: 25 });
    expect(await loaded(cup(1))).toEqual({ state: { fills: 25 }, version: 25, events: 0 });
    await store.append(oneEvent('cup:1', 25, { type: 'Filled', data: '{"n":1}' }));
    expect(await loaded(cup(1))).toEqual({ state: { fills: 26 }, version: 26, events: 1 });
  });

  it('of another version of the state are not used', async () => {
    await loaded(cup(1));
    expect(await loaded(cup(2))).toEqual({ state: { fills: 50 }, version: 25, events: 25 });
  });

  it('that cannot be written cost nobody anything', async () => {
    const failures: unknown[] = [];
    jest.spyOn(store, 'keep').mockRejectedValue(new Error('no room'));
    const snapshots = new Snapshots(store, (error) => failures.push(error));
    expect(await new Streams(store, undefined, snapshots).read(cup(1), '1')).toMatchObject({ version: 25 });
    await snapshots.stop();
    expect(failures).toEqual([new Error('no room')]);
  });
});
