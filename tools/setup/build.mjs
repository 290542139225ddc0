import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { digest, read, ROOT, say } from './shell.mjs';

const require = createRequire(import.meta.url);
const SOURCES = ['apps', 'libs', 'tools', 'test'];
const SETTINGS = ['build.mjs', 'swc.cjs'];
const DIST = join(ROOT, 'dist');

/**
 * Makes `dist` where it is not of these sources, by name, size and time. It takes half a second; the ten seconds and more that
 * checking types takes are left to `npm run build` and the tests.
 */
export async function build() {
  const files = SOURCES.flatMap(sourcesIn);
  const stamp = join(DIST, '.built-from');
  const wanted = digest(...SETTINGS.map((name) => read(join(ROOT, 'tools/setup', name))), ...files.map(fingerprint));
  if (read(stamp) === wanted) return;
  say('Building …');
  // Built beside and exchanged at the end: no file of a deleted source stays, and nobody meets half a build.
  const beside = `${DIST}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  await Promise.all(files.map((file) => compile(file, join(beside, file.replace(/\.ts$/, '.js')))));
  writeFileSync(join(beside, basename(stamp)), wanted);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(beside, DIST);
}

function sourcesIn(folder) {
  const names = readdirSync(join(ROOT, folder), { recursive: true }).filter((name) => /(?<!\.d)\.ts$/.test(name));
  return names.map((name) => join(folder, name)).sort();
}

function fingerprint(file) {
  const { size, mtimeMs } = statSync(join(ROOT, file));
  return `${file} ${size} ${mtimeMs}`;
}

async function compile(file, target) {
  const options = { ...require('./swc.cjs'), sourceMaps: true, sourceFileName: join(ROOT, file) };
  // As tsc has it: what is imported at run time is imported, not required, and finds the names that are exported.
  options.module = { ...options.module, ignoreDynamic: true, exportInteropAnnotation: true };
  const { code, map } = await require('@swc/core').transformFile(join(ROOT, file), options);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `${code}\n//# sourceMappingURL=${basename(target)}.map\n`);
  writeFileSync(`${target}.map`, map);
}
