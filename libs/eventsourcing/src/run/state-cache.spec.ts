import { sizeOf } from './size-of';
import { StateCache } from './state-cache';

describe('the cache of states', () => {
  const state = (bytes: number): unknown => ({ text: 'x'.repeat(bytes) });

  it('lets the least recently used fall out when the states get too large together', () => {
    const cache = new StateCache(10_000);
    for (const name of ['a', 'b', 'c']) cache.set(name, { version: 1, state: state(2500) });
    cache.get('a');
    cache.set('d', { version: 1, state: state(2500) });
    expect(['a', 'b', 'c', 'd'].filter((name) => cache.get(name))).toEqual(['a', 'c', 'd']);
  });

  it('keeps a state that alone is too large, for the command at hand', () => {
    const cache = new StateCache(1000);
    cache.set('a', { version: 1, state: state(5000) });
    expect(cache.get('a')?.version).toBe(1);
    cache.set('b', { version: 1, state: state(10) });
    expect(cache.get('a')).toBeUndefined();
  });

  it('notices when a state grows with its stream', () => {
    const cache = new StateCache(20_000);
    cache.set('other', { version: 1, state: state(100) });
    for (let version = 1; version < 100; version++) cache.set('growing', { version, state: state(300 * version) });
    expect(cache.get('other')).toBeUndefined();
  });

  it('weighs nested states by what they hold', () => {
    expect(sizeOf({ lines: [{ sku: 'a'.repeat(100) }] })).toBeGreaterThan(100);
    expect(sizeOf(undefined)).toBeLessThan(10);
  });
});
