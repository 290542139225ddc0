import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { packageRoot } from '#libs/platform';

export interface Page {
  type: string;
  content: Buffer;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The files of the page by name, read once: they are few, and what is not among them cannot be asked for. They are no input of
 * the compiler, so they stay in `apps/wall/public` and are found from the root of the package, which is above both
 * the sources and what is built from them.
 */
export function readPages(): Map<string, Page> {
  const folder = join(packageRoot(), 'apps/wall/public');
  return new Map(readdirSync(folder).map((name) => [name, { type: typeOf(name), content: readFileSync(join(folder, name)) }]));
}

function typeOf(name: string): string {
  const type = TYPES[extname(name)];
  if (!type) throw new Error(`apps/wall/public/${name}: say in pages.ts as what ${extname(name)} files are sent.`);
  return type;
}
