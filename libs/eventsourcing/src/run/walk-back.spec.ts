import fc from 'fast-check';
import { Evolution } from '../evolution';
import { MemoryStore } from '../store/memory-store';
import { oneEvent } from '../testing/event-store.contract';
import { walkBack } from './walk-back';

const cup = { category: 'cup' };

/** A log in memory whose cups have as many events as said. */
async function cups(lengths: readonly number[]): Promise<MemoryStore> {
  const store = new MemoryStore('kitchen');
  for (const [n, length] of lengths.entries()) {
    for (let version = 0; version < length; version++) await store.append(oneEvent(`cup:${n}`, version));
  }
  return store;
}

/** What was handed over of each stream when the visitor wanted to see so many events of it. */
async function seen(store: MemoryStore, from: { id: string; before?: number }[], enough: number): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  const begin = from.map((place) => ({ aggregate: cup, ...place }));
  await walkBack({ store, evolution: new Evolution() }, begin, ({ stream, version }) => {
    const versions = [...(found.get(stream) ?? []), version];
    found.set(stream, versions);
    return versions.length < enough;
  });
  return found;
}

const down = (from: number, to: number): number[] => Array.from({ length: Math.max(0, from - to + 1) }, (_, n) => from - n);

describe('walking streams back', () => {
  it('shows each stream from its end to its beginning, whatever its length, when nobody has seen enough', async () => {
    const store = await cups([0, 1, 15, 16, 17, 200]);
    const found = await seen(store, [{ id: '0' }, { id: '1' }, { id: '2' }, { id: '3' }, { id: '4' }, { id: '5' }], Infinity);
    expect([...found]).toEqual([1, 15, 16, 17, 200].map((length, n) => [`cup:${n + 1}`, down(length, 1)]));
  });

  it('stops in each stream where its visitor has seen enough', async () => {
    const store = await cups([40, 300]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 320 }), async (enough) => {
        const found = await seen(store, [{ id: '0' }, { id: '1' }], enough);
        expect(found.get('cup:0')).toEqual(down(40, Math.max(1, 41 - enough)));
        expect(found.get('cup:1')).toEqual(down(300, Math.max(1, 301 - enough)));
      }),
      { numRuns: 30 },
    );
  });

  it('begins where it is told', async () => {
    expect(await seen(await cups([30]), [{ id: '0', before: 20 }], Infinity)).toEqual(new Map([['cup:0', down(19, 1)]]));
  });

  it('asks for no more than it can hold, however many streams there are', async () => {
    const store = await cups(Array.from({ length: 700 }, () => 2));
    const asked: number[] = [];
    const counting = {
      newest: (streams: { stream: string; before: number }[], limit: number) => {
        asked.push(streams.length * limit);
        return store.newest(streams, limit);
      },
    };
    let events = 0;
    const from = Array.from({ length: 700 }, (_, n) => ({ aggregate: cup, id: `${n}` }));
    await walkBack({ store: counting, evolution: new Evolution() }, from, () => ++events > 0);
    expect(events).toBe(1400);
    expect(Math.max(...asked)).toBeLessThanOrEqual(10_000);
  });
});
