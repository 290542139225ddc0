import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json: above the sources as well as above what is built from them. */
export function packageRoot(folder: string = __dirname): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`There is no package.json above ${__dirname}: ship it with the build.`);
  return packageRoot(parent);
}
