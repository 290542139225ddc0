import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder of package.json. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** To the person who watches: standard output is for answers. */
export const say = (text) => process.stderr.write(`${text}\n`);

export const digest = (...parts) => createHash('sha256').update(parts.join('\n')).digest('hex');

export const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Runs a program; what it says goes to standard error, or with `stdio: 'pipe'` only when it fails. Gives whether it ended well. */
export function succeeds(file, args, options = {}) {
  const shell = process.platform === 'win32' && file === 'npm';
  const { status, error, stdout, stderr } = spawnSync(file, args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell, ...options });
  if (error) say(`${file}: ${error.message}`);
  if (status !== 0 && stdout) say(`${stdout}${stderr}`);
  return status === 0;
}

/** Runs one of our packages' programs with this Node. */
export const runs = (script, ...args) => succeeds(process.execPath, [join(ROOT, 'node_modules', script), ...args]);

/** Whether a program is there and answers. */
export const answersTo = (file, ...args) => spawnSync(file, args, { stdio: 'ignore' }).status === 0;

/** A module of our own tools, built. */
export const fromBuild = (script) => import(pathToFileURL(join(ROOT, 'dist', 'tools', script)).href);

/** Waits for work; when it fails, says why and sets the exit status. */
export const orSay = (work) =>
  work.catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
