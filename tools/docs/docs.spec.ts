import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
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

describe('the generated documents', () => {
  it('are as the code is; `npm run docs` writes them', async () => {
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
      await mkdir(join(root, 'docs'));
    });
    afterEach(() => rm(root, { recursive: true }));

    it('say what an event is, what it carries and who hears it', () => {
      const catalog = generatedDocs(root)['docs/event-catalog.md'];
      expect(catalog).toContain('## kitchen');
      expect(catalog).toContain('### `pot:<id>`\n\nWhat is in the pot.');
      expect(catalog).toContain('#### Poured\n\nSomebody poured.');
      expect(catalog).toContain('| `count` | `number` |');
      expect(catalog).toContain("| `taste` (optional) | `'sweet' \\| 'bitter'` | How it was. |");
      expect(catalog).toContain('Consumed by [hall view `shelf`](../apps/hall/src/shelf/shelf.view.ts).');
      expect(catalog).toContain('| [Emptied](#emptied) | kitchen | – |');
    });

    it('are stale until they are written, and again after a change', async () => {
      expect(await writeDocs(root)).toEqual(['docs/event-catalog.md']);
      expect(await staleDocs(root)).toEqual([]);
      await put('libs/contracts/src/pot.events.ts', CONTRACT.replace('Somebody', 'A guest'));
      expect(await staleDocs(root)).toEqual(['docs/event-catalog.md']);
    });

    it('cannot be written when an event map does not say whose it is', async () => {
      await put('libs/contracts/src/pot.events.ts', CONTRACT.replace('Stream `pot:<id>` of', 'Something of'));
      expect(() => generatedDocs(root)).toThrow('pot.events.ts: the comment of PotEvents must begin with');
    });
  });
});
