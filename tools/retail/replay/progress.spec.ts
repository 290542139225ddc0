import { Progress, progressLine } from './progress';
import { Tally } from './tally';

describe('the progress line', () => {
  it('says how far, how fast and how long yet', () => {
    expect(progressLine(38_814, 77_628, 9)).toBe(
      '[===============               ]  50 %  38,814 of 77,628 rows  4,313 rows/s  9 s left',
    );
  });

  it('has nothing left to say at the end, and nothing to divide by at the beginning', () => {
    expect(progressLine(10, 10, 2)).toMatch(/^\[={30}\] 100 % {2}10 of 10 rows {2}5 rows\/s$/);
    expect(progressLine(0, 0, 0)).toContain('0 of 0 rows');
  });
});

describe('progress', () => {
  it('moves on a terminal without tearing what is said, and is plain lines elsewhere', () => {
    const shown = (isTTY: boolean): string => {
      const written: string[] = [];
      const progress = new Progress({ isTTY, write: (text: string) => written.push(text) }, 2, () => 1);
      progress.start();
      progress.say('line 7 is broken');
      progress.stop();
      return written.join('').replaceAll('\r\u001b[K', '<clear>');
    };
    expect(shown(true)).toMatch(/^<clear>line 7 is broken\n<clear>\[.*\n$/);
    expect(shown(false)).toMatch(/^line 7 is broken\n\[.*\n$/);
  });
});

describe('the tally', () => {
  it('counts rows by what became of them, and names the lines of those that were rejected', () => {
    const said: string[] = [];
    const tally = new Tally((sentence) => said.push(sentence));
    const rows = (...lines: number[]) => lines.map((line) => ({ line }) as never);
    const document = { kind: 'hema-sale', invoice: '536370' } as const;
    tally.sent({ ...document, rows: rows(2, 3) }, false);
    tally.sent({ ...document, rows: rows(4) }, true);
    tally.broken(5, 'has 2 fields where 8 are expected');
    tally.refused({ ...document, rows: rows(6, 7, 9) }, 'unknown-sku: no.');
    expect(tally.counts).toEqual({ rows: 7, accepted: 2, absorbed: 1, rejected: 4 });
    expect(said).toEqual([
      'line 5 has 2 fields where 8 are expected',
      'line 6-7, 9 (invoice 536370, hema-sale) was not taken: unknown-sku: no.',
    ]);
  });
});
