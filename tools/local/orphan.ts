import { readFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { eventually } from './ports';

const run = promisify(execFile);

/** Whether a process is there. Zero and below are no process but groups of them, and one is the machine's own. */
export function isAlive(pid: number): boolean {
  if (!(pid > 1)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Stops what an earlier run left behind when it was killed. Only a process whose command line names our own folder is ours; any
 * other that has come to its number is left alone.
 */
export async function stopOrphan(pid: number, folder: string, signal: NodeJS.Signals): Promise<boolean> {
  if (!isAlive(pid) || !(await commandLine(pid)).includes(folder)) return false;
  await end(pid, signal);
  return true;
}

const GRACE_MS = 15_000;

/** Ends a process: with `signal`, and when it does not go, by force. */
export async function end(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, signal);
  const within = { timeoutMs: GRACE_MS, complaint: `Process ${pid} does not end.` };
  const gone = (): Promise<boolean> => Promise.resolve(!isAlive(pid));
  await eventually(gone, within).catch(async () => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await eventually(gone, within);
  });
}

/** A process by its number and its beginning, because numbers are given again; undefined when it is not there. */
export async function identityOf(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  const began = process.platform === 'linux' ? await beginningOnLinux(pid) : await ps(pid, 'lstart=');
  return began && `${pid} ${began.trim()}`;
}

/** In ticks since the machine came up: field 22 of its status, counted behind the name, which may hold anything. */
async function beginningOnLinux(pid: number): Promise<string | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ps(pid, 'args=');
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
}

async function ps(pid: number, what: string): Promise<string> {
  return run('ps', ['-p', String(pid), '-o', what, '-ww'], { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
