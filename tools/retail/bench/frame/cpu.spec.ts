import { parseStat, spenders, spentBetween } from './cpu';

describe('what a process has spent', () => {
  it('is its own user and system time and that of its children that ended, in milliseconds', () => {
    const stat = '42 (node) S 7 42 42 0 -1 4194560 10 0 0 0 11 22 3 4 20 0 11 0 100 1 1';
    expect(parseStat(42, stat)).toEqual({ pid: 42, parent: 7, name: 'node', ms: 400 });
  });

  it('is read behind the name, which may hold anything', () => {
    const stat = '42 (tricky) name (x)) S 7 42 42 0 -1 4194560 10 0 0 0 1 2 0 0 20 0 11 0 100 1 1';
    expect(parseStat(42, stat)).toMatchObject({ parent: 7, name: 'tricky) name (x)', ms: 30 });
  });
});

describe('what a system has spent', () => {
  it('is told part by part, whoever of its processes came or went', () => {
    const before = [
      { pid: 1, part: 'node', ms: 100 },
      { pid: 2, part: 'postgres', ms: 50 },
      { pid: 3, part: 'postgres', ms: 20 },
    ] as const;
    // 3 ended, and 2 waited for it; 5 is new.
    const after = [
      { pid: 1, part: 'node', ms: 180 },
      { pid: 2, part: 'postgres', ms: 90 },
      { pid: 5, part: 'kafka', ms: 30 },
    ] as const;
    expect(spentBetween(before, after)).toEqual({ node: 80, postgres: 20, kafka: 30 });
  });

  (process.platform === 'linux' ? it : it.skip)('has this process in it', () => {
    expect(spenders(process.pid).find(({ pid }) => pid === process.pid)).toMatchObject({ part: 'node' });
  });
});
