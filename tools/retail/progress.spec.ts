import { Progress, progressLine } from './progress';

describe('the progress line', () => {
  it('says how far, how fast and how long yet', () => {
    expect(progressLine({ done: 38_814, total: 77_628, unit: 'rows' }, 9)).toBe(
      '[===============               ]  50 %  38,814 of 77,628 rows  4,313 rows/s  9 s left',
    );
  });

  it('has nothing left to say at the end, and nothing to divide by at the beginning', () => {
    expect(progressLine({ done: 10, total: 10, unit: 'rows' }, 2)).toMatch(/^\[={30}\] 100 % {2}10 of 10 rows {2}5 rows\/s$/);
    expect(progressLine({ done: 0, total: 0, unit: 'events' }, 0)).toContain('0 of 0 events');
  });
});

describe('progress', () => {
  it('moves on a terminal without tearing what is said, and is plain lines elsewhere', () => {
    const shown = (isTTY: boolean): string => {
      const written: string[] = [];
      const screen = { isTTY, write: (text: string) => written.push(text) };
      const progress = new Progress(screen, () => ({ done: 1, total: 2, unit: 'rows' }));
      progress.start();
      progress.say('line 7 is broken');
      progress.stop();
      return written.join('').replaceAll('\r\u001b[K', '<clear>');
    };
    expect(shown(true)).toMatch(/^<clear>line 7 is broken\n<clear>\[.*\n$/);
    expect(shown(false)).toMatch(/^line 7 is broken\n\[.*\n$/);
  });
});
