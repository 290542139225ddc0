import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { EventDescriptions } from '#libs/contracts';
import { generatedDocs, staleDocs, writeDocs } from './docs';

const ROOT = resolve(__dirname, '../..');

const CONTRACT = `
/** Units of one kind. */
export interface Cups { count: number; }
type Taste = 'sweet' | 'bitter';
/** Stream \`pot:<id>\` of \`kitchen\`: what is in the pot. */
export interface PotEvents {
  /** Somebody poured. */
  Poured: Cups & {
    pot: string;
    /** How it was. */
    taste?: Taste;
  };
  Emptied: { pot: string };
}
`;
const VIEW = `
export const shelf = viewOf<PotEvents>()({ name: 'shelf', row: Shelf, sources: ['kitchen'], on: { Poured: () => [] } });
`;

describe('what is generated', () => {
  it('is as the code is; `npm run docs` writes them', async () => {
    expect(await staleDocs(ROOT)).toEqual([]);
  }, 30_000);

  describe('of a small kitchen', () => {
    let root: string;
    const put = async (path: string, text: string): Promise<void> => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    };
    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'new-retail-docs-'));
      await put('libs/contracts/src/pot.events.ts', CONTRACT);
      await put('apps/hall/src/shelf/shelf.view.ts', VIEW);
    });
    afterEach(() => rm(root, { recursive: true }));

    it('says what an event is, what it carries and who hears it', () => {
      const catalog = generatedDocs(root)['docs/event-catalog.md'];
      expect(catalog).toContain('## kitchen');
      expect(catalog).toContain('### `pot:<id>`\n\nWhat is in the pot.');
      expect(catalog).toContain('#### Poured\n\nSomebody poured.');
      expect(catalog).toContain('| `count` | `number` |');
      expect(catalog).toContain("| `taste` (optional) | `'sweet' \\| 'bitter'` | How it was. |");
      expect(catalog).toContain('Consumed by [hall view `shelf`](../apps/hall/src/shelf/shelf.view.ts).');
      expect(catalog).toContain('| [Emptied](#emptied) | kitchen | – |');
    });

    it('is stale until it is written, and again after a change', async () => {
      expect(await writeDocs(root)).toEqual([
        'docs/event-catalog.md',
        'libs/contracts/events.json',
        ...['Poured', 'Emptied'].flatMap((type) => [
          `test/contracts/golden/${type}.v1.json`,
          `test/contracts/golden/${type}.v1.schema.json`,
        ]),
      ]);
      expect(await staleDocs(root)).toEqual([]);
      await put('libs/contracts/src/pot.events.ts', CONTRACT.replace('Somebody', 'A guest'));
      expect(await staleDocs(root)).toEqual(['docs/event-catalog.md', 'libs/contracts/events.json']);
    });

    it('says the same to programs', () => {
      const { events, heardBy } = JSON.parse(generatedDocs(root)['libs/contracts/events.json']!) as EventDescriptions;
      expect(events.map(({ type, version }) => `${type}.v${version}`)).toEqual(['Poured.v1', 'Emptied.v1']);
      expect(events[0]).toMatchObject({
        service: 'kitchen',
        stream: '`pot:<id>`',
        meaning: 'Somebody poured.',
        schema: { required: ['count', 'pot'], properties: { taste: { description: 'How it was.', enum: ['bitter', 'sweet'] } } },
        example: { subject: 'pot:pot' },
      });
      expect(heardBy).toEqual({ hall: ['Poured'] });
    });

    it('keeps an event of every version as it was first written, and its shape in step with what it grows by', async () => {
      await writeDocs(root);
      const golden = await readFile(join(root, 'test/contracts/golden/Poured.v1.json'), 'utf8');
      expect(JSON.parse(golden)).toMatchObject({
        type: 'retail.kitchen.Poured.v1',
        subject: 'pot:pot',
        data: { count: 1, pot: 'pot', taste: 'bitter' },
      });
      await put('libs/contracts/src/pot.events.ts', CONTRACT.replace('pot: string;', 'pot: string; spilt?: boolean;'));
      expect(await writeDocs(root)).toEqual([
        'docs/event-catalog.md',
        'libs/contracts/events.json',
        'test/contracts/golden/Poured.v1.schema.json',
      ]);
      expect(await readFile(join(root, 'test/contracts/golden/Poured.v1.json'), 'utf8')).toBe(golden);
    });

    it.each([
      ['count: number', 'cups: number', 'Poured.count is gone; Poured.cups is new and required'],
      ['count: number', 'count: string', 'Poured.count was number and is string'],
      ["'sweet' | 'bitter'", "'sweet'", 'Poured.taste could be bitter and cannot be any more'],
      ['taste?:', 'taste:', 'Poured.taste could be absent and is now required'],
    ])('is not written when %j becomes %j, which events of the same version would not survive', async (was, is, why) => {
      await writeDocs(root);
      await put('libs/contracts/src/pot.events.ts', CONTRACT.replace(was, is));
      await expect(staleDocs(root)).rejects.toThrow(why);
      await expect(writeDocs(root)).rejects.toThrow('libs/contracts/src/event-types.ts');
    });

    it('cannot be written when an event is made of what JSON has no place for', async () => {
      await put('libs/contracts/src/pot.events.ts', CONTRACT.replace('count: number', 'count: () => number'));
      expect(() => generatedDocs(root)).toThrow('Poured.count is a () => number');
    });

    it('cannot be written when an event map does not say whose it is', async () => {
      await put('libs/contracts/src/pot.events.ts', CONTRACT.replace('Stream `pot:<id>` of', 'Something of'));
      expect(() => generatedDocs(root)).toThrow('pot.events.ts: the comment of PotEvents must begin with');
    });
  });
});
