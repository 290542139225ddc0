import { Lookup } from './lookup.view';

/** A table whose every look is counted. */
function table(rows: Record<string, number>, options: { freshMs?: (value: number) => number; capacity?: number } = {}) {
  const looks: string[][] = [];
  const load = (keys: string[]): Promise<Map<string, number>> => {
    looks.push(keys);
    return Promise.resolve(new Map(keys.flatMap((key): [string, number][] => (key in rows ? [[key, rows[key] ?? 0]] : []))));
  };
  return { rows, looks, lookup: new Lookup({ none: 0, freshMs: () => 60_000, capacity: 100, ...options, load }) };
}

describe('a look into a table', () => {
  it('finds what is there, in the order of the keys, and nothing for the rest', async () => {
    const { lookup } = table({ a: 1, b: 2 });
    expect(await lookup.find(['b', 'missing', 'a'])).toEqual([2, 0, 1]);
  });

  it('is shared by those who look at the same moment, each key once', async () => {
    const { lookup, looks } = table({ a: 1, b: 2 });
    expect(await Promise.all([lookup.find(['a']), lookup.find(['a', 'b']), lookup.find(['b'])])).toEqual([[1], [1, 2], [2]]);
    expect(looks).toEqual([['a', 'b']]);
  });

  it('is remembered, also that there was nothing', async () => {
    const { lookup, looks } = table({ a: 1 });
    await lookup.find(['a', 'missing']);
    await lookup.find(['missing', 'a']);
    expect(looks).toHaveLength(1);
  });

  it('is taken again when it is old', async () => {
    const { lookup, rows } = table({ a: 1 }, { freshMs: () => 0 });
    await lookup.find(['a']);
    rows['a'] = 2;
    expect(await lookup.find(['a'])).toEqual([2]);
  });

  it('is taken again by those who must know it now, and then remembered', async () => {
    const { lookup, rows } = table({ a: 1 });
    await lookup.find(['a']);
    rows['a'] = 2;
    expect([await lookup.findNow(['a']), await lookup.find(['a'])]).toEqual([[2], [2]]);
  });

  it('forgets what was asked longest ago when there is too much', async () => {
    const { lookup, looks } = table({ a: 1, b: 2, c: 3 }, { capacity: 2 });
    for (const key of ['a', 'b', 'c', 'c', 'a']) await lookup.find([key]);
    expect(looks).toEqual([['a'], ['b'], ['c'], ['a']]);
  });

  it('fails for those who wait for it, and works for the next', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve(new Map([['a', 1]]))];
    const load = (): Promise<Map<string, number>> => answers.shift() ?? Promise.reject(new Error('asked too often'));
    const lookup = new Lookup({ none: 0, freshMs: () => 60_000, capacity: 100, load });
    await expect(lookup.find(['a'])).rejects.toThrow('away');
    expect(await lookup.find(['a'])).toEqual([1]);
  });

  it('are remembered as long as each of them says', async () => {
    const { lookup, rows } = table({ a: 1, b: 2 }, { freshMs: (value) => (value > 1 ? 60_000 : 0) });
    expect(await lookup.find(['a', 'b'])).toEqual([1, 2]);
    Object.assign(rows, { a: 3, b: 4 });
    expect(await lookup.find(['a', 'b'])).toEqual([3, 2]);
  });
});
