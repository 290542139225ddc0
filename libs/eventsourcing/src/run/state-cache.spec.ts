import fc from 'fast-check';
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

  it('lets streams fall out of a large cache about as fast as of a small one', () => {
    const secondsToFill = (room: number): number => {
      const cache = new StateCache(room * (200 + sizeOf(0)));
      for (let n = 0; n < room; n++) cache.set(`before-${n}`, { version: 1, state: 0 });
      const began = performance.now();
      for (let n = 0; n < 100_000; n++) cache.set(`after-${n}`, { version: 1, state: 0 });
      return (performance.now() - began) / 1000;
    };
    secondsToFill(1000);
    expect(secondsToFill(300_000)).toBeLessThan(20 * secondsToFill(1000));
  });

  it('lets everything fall out in the end, whatever was used and forgotten meanwhile', () => {
    const step = fc.record({ does: fc.constantFrom('set', 'set', 'get', 'forget'), n: fc.nat(60), bytes: fc.nat(500) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const cache = new StateCache(10_000);
        for (const [version, { does, n, bytes }] of steps.entries()) {
          if (does === 'set') cache.set(`s-${n}`, { version, state: state(bytes) });
          else if (does === 'get') cache.get(`s-${n}`);
          else cache.forget(`s-${n}`);
        }
        for (let n = 0; n < 100; n++) cache.set(`new-${n}`, { version: 1, state: state(300) });
        expect(Array.from({ length: 61 }, (_, n) => cache.get(`s-${n}`)).filter(Boolean)).toEqual([]);
      }),
    );
  });

  it('weighs nested states by what they hold', () => {
    expect(sizeOf({ lines: [{ sku: 'a'.repeat(100) }] })).toBeGreaterThan(100);
    expect(sizeOf(undefined)).toBeLessThan(10);
  });
});
