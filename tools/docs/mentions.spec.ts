import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mislabeledDecisions, missingPaths, staleExcerpts } from './mentions';

const ROOT = resolve(__dirname, '../..');
const IN_FOLDER = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const DOCUMENTS = ['.', 'docs', 'docs/adr'].flatMap(IN_FOLDER);

describe('the documents', () => {
  it.each(DOCUMENTS)('%s names no path that is not there', (document) => {
    expect(missingPaths(ROOT, document)).toEqual([]);
  });

  it.each(DOCUMENTS)('%s quotes what the files say', (document) => {
    expect(staleExcerpts(ROOT, document)).toEqual([]);
  });

  it.each(DOCUMENTS)('%s calls decisions by their numbers', (document) => {
    expect(mislabeledDecisions(ROOT, document)).toEqual([]);
  });

  it('number their decisions without a gap, each one saying what it follows from and leads to', async () => {
    const decisions = IN_FOLDER('docs/adr').sort();
    expect(decisions.map((path) => Number(path.slice(9, 13)))).toEqual(decisions.map((_, n) => n + 1));
    for (const path of decisions) {
      const text = await readFile(join(ROOT, path), 'utf8');
      expect(text.match(/^#+ .*/gm)?.slice(1)).toEqual(['## Context', '## Decision', '## Consequences', '## Weighed']);
      expect(text).toMatch(new RegExp(`^# ${Number(path.slice(9, 13))}\\. `));
    }
  });
});

describe('checking a document', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'new-retail-mentions-'));
    await writeFile(join(root, 'rule.ts'), 'const a = 1;\nconst b = 2;\nfunction c() {\n  return a + b;\n}\n');
  });
  afterEach(() => rm(root, { recursive: true }));
  const check = async (text: string): Promise<{ missing: string[]; stale: number }> => {
    await writeFile(join(root, 'a.md'), text);
    return { missing: missingPaths(root, 'a.md'), stale: staleExcerpts(root, 'a.md').length };
  };
  const excerpt = (body: string, path = 'rule.ts'): string => `\`\`\`ts file=${path}\n${body}\n\`\`\`\n`;

  it('finds links and names that lead nowhere', async () => {
    const { missing } = await check(
      '[a](rule.ts) [b](gone.ts#x) [c](https://example.org) `apps/gone/src` `apps/<service>/src` `npm test`',
    );
    expect(missing).toEqual(['gone.ts', 'apps/gone/src']);
  });

  it('finds decisions that are called by the number of another', async () => {
    await writeFile(join(root, 'a.md'), '[1](adr/0001-a.md) [ADR 2](0003-b.md) [4](docs/adr/0005-c.md)');
    expect(mislabeledDecisions(root, 'a.md')).toEqual(['[ADR 2](0003-b.md)', '[4](docs/adr/0005-c.md)']);
  });

  it.each([
    ['const b = 2;', 0],
    ['const a = 1;\n// …\nreturn a + b;', 0],
    ['const a = 2;', 1],
    ['return a + b;\n// …\nconst a = 1;', 1],
    ['const a = 1;\nfunction c() {', 1],
  ])('knows whether %j is what the file says', async (body, stale) => {
    expect((await check(excerpt(body))).stale).toBe(stale);
  });

  it('finds an excerpt of a file that is gone', async () => {
    expect((await check(excerpt('const a = 1;', 'gone.ts'))).stale).toBe(1);
  });
});
