import { recordsOf, type CsvRecord } from './csv-records';

async function read(text: string, width = 3): Promise<CsvRecord[]> {
  const lines = async function* (): AsyncGenerator<string> {
    yield* await Promise.resolve(text.split('\n'));
  };
  const records: CsvRecord[] = [];
  for await (const record of recordsOf(lines(), width)) records.push(record);
  return records;
}

const fields = (...each: string[]): CsvRecord => ({ line: 1, fields: each });

describe('a CSV record', () => {
  it('has its fields between commas', async () => {
    expect(await read('a,,c')).toEqual([fields('a', '', 'c')]);
  });

  it.each([
    ['commas', '1,"AIRLINE LOUNGE,METAL SIGN",2', 'AIRLINE LOUNGE,METAL SIGN'],
    ['quotes', '1,"RECORD FRAME 7"" SINGLE SIZE ",2', 'RECORD FRAME 7" SINGLE SIZE '],
    ['nothing', '1,"",2', ''],
    ['line breaks', '1,"one\ntwo\nthree",2', 'one\ntwo\nthree'],
  ])('may have %s in a quoted field', async (_what, text, field) => {
    expect(await read(text)).toEqual([fields('1', field, '2')]);
  });

  it('knows its line, also after one that spans several, and after empty ones', async () => {
    expect(await read('a,"b\nb",c\n\nd,e,f')).toEqual([
      { line: 1, fields: ['a', 'b\nb', 'c'] },
      { line: 4, fields: ['d', 'e', 'f'] },
    ]);
  });
});

describe('a line that is no record', () => {
  const told = (fault: string): object => ({ line: 2, fault: expect.stringContaining(fault) as string });

  it.each([
    ['lacks fields', 'x,y', 'has 2 fields where 3 are expected'],
    ['has too many', 'x,y,z,z', 'has 4 fields where 3 are expected'],
    ['opens a quote and never closes it', 'x,"y,z', 'opens a quote that is not closed'],
    ['goes on behind a closing quote', 'x,"y"y,z', 'has a quote where none can be'],
    ['has a quote in an open field', 'x,y"y,z', 'has a quote where none can be'],
  ])('%s is told by its number, and the others are read', async (_what, line, fault) => {
    expect(await read(`a,b,c\n${line}\nd,e,f`)).toEqual([
      fields('a', 'b', 'c'),
      told(fault),
      { line: 3, fields: ['d', 'e', 'f'] },
    ]);
  });

  it('does not swallow what follows when its quote meets that of a later line', async () => {
    const text = 'a,b,c\nx,"y,z\nd,e,f\ng,"h,h",i\nj,k,l';
    expect((await read(text)).map((record) => ('fault' in record ? 'broken' : record.fields.join('|')))).toEqual([
      ...['a|b|c', 'broken', 'd|e|f', 'g|h,h|i', 'j|k|l'],
    ]);
  });
});
