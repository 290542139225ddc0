import { Tally } from './tally';

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
