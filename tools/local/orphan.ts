import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { eventually } from './ports';

const run = promisify(execFile);

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
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
  if (!(pid > 1) || !isAlive(pid) || !(await commandLine(pid)).includes(folder)) return false;
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
    process.kill(pid, 'SIGKILL');
    await eventually(gone, within);
  });
}

async function commandLine(pid: number): Promise<string> {
  return run('ps', ['-p', String(pid), '-o', 'args=', '-ww']).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
